"""What people type about members, made into clean values; a form never saves."""
