"""The official layout "File nhập liệu 4.0" (member-file.md, section 14 c): written, kept, compared for typing again."""
