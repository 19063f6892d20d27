"""What the columns of a draft plan's workbook are called: whoever keeps one calls them a little differently."""

from collections.abc import Mapping
from types import MappingProxyType

CONTENT = "Nội dung"
"""The one column that a list must have."""
HEADS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CONTENT: ("Nội dung hoạt động", "Hoạt động", "Content"),
        "activity": ("Mã hoạt động", "Mã HĐ", "Activity code"),
        "group": ("Đối tượng", "Nhóm đối tượng", "Group"),
        "form": ("Hình thức", "Hình thức hoạt động", "Form of work"),
        "sessions": ("Số buổi", "Số sản phẩm", "Số buổi/số sản phẩm", "Số buổi / số sản phẩm", "Sessions or products"),
        "women": ("Lượt nữ", "Nữ", "Dự kiến lượt nữ", "Dự kiến nữ", "Women"),
        "men": ("Lượt nam", "Nam", "Dự kiến lượt nam", "Dự kiến nam", "Men"),
        "time": ("Thời gian", "Tháng", "Thời gian dự kiến", "Thời gian thực hiện", "Time"),
        "place": ("Địa điểm", "Địa bàn", "Place"),
        "lead": ("Chủ trì", "Đơn vị chủ trì", "Leads"),
        "partners": ("Phối hợp", "Đơn vị phối hợp", "Takes part"),
        "item": ("Nội dung chi", "Paid for"),
        "measure": ("ĐVT", "Đơn vị tính", "Counted in"),
        "quantity": ("Số lượng", "Quantity"),
        "rate": ("Mức chi", "Đơn giá", "Rate"),
        "money": ("Kinh phí", "Kinh phí dự kiến", "Dự toán", "Thành tiền", "Budget"),
        "basis": ("Căn cứ mức chi", "Căn cứ", "Norm"),
        "source": ("Nguồn", "Nguồn kinh phí", "Source"),
        "remark": ("Ghi chú", "Remark"),
        "number": ("STT", "TT", "No."),
    }
)
"""By column what people call it, first as it is said back to them."""
WORDS: Mapping[str, str] = MappingProxyType({head: column for column, heads in HEADS.items() for head in heads})
"""The column by what people call it."""
