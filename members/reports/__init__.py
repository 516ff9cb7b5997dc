"""What pages and workbooks show about members."""
