"""The member's sheet (phiếu đảng viên): its parts as data, its rows read at once, its papers."""
