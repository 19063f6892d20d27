"""A small activity report, the shape of the product's own: what the walk's tests talk through."""

from functools import cache

from interview import Form, load_form

SOURCE = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | required | relevant | constraint | constraint_message::Tiếng Việt (vi) | appearance | default | calculation | choice_filter |
| | today | today | | | | | | | | | | |
| | hidden | level | | | | | | | | neighbourhood | | |
| | select_one activity | activity | Đã làm gì? | What was done? | yes | | | | | | | selected(levels, ${level}) |
| | date | date | Khi nào? | When? | yes | | . <= today() | Ngày này chưa tới. | | | | |
| | begin group | people | Bao nhiêu người dự? | How many came? | | ${activity} = 'talk' | | | field-list sum | | | |
| | integer | women | Nữ | Women | yes | | | | | | | |
| | integer | men | Nam | Men | yes | | | | | | | |
| | end group | | | | | | | | | | | |
| | select_one place | place | Ở đâu? | Where? | yes | | | | | | | kind = ${activity} |
| | integer | copies | Bao nhiêu tờ? | How many copies? | yes | ${activity} = 'media' | . > 0 | | | | | |
| | note | thanks | Cảm ơn: ${total} người. | Thank you: ${total} people. | | ${total} > 0 | | | | | | |
| | calculate | total | | | | | | | | | ${women} + ${men} | |
| | text | remark | Ghi chú thêm? | Any remark? | no | ${activity} = 'talk' | | | | | | |
| | text | topic | Chủ đề | Topic | no | | | | on-review | | | |
| | image | photos | Hình ảnh | Photos | no | | | | on-review max-2 | | | |
| | geopoint | spot | Vị trí | Location | no | | | | on-review | | | |
| choices |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) | levels | kind | aliases |
| | activity | talk | Tọa đàm | Talk | neighbourhood ward | | họp mặt\\|lớp |
| | activity | media | Phát tờ rơi | Leaflets | neighbourhood | | tờ rơi |
| | activity | review | Rà soát văn bản | Review of documents | ward | | |
| | place | hall | Nhà văn hóa | Hall | | talk | |
| | place | school | Trường học | School | | talk | |
| | place | street | Ngoài đường | Street | | media | |
| settings |
| | form_title | version | default_language |
| | Báo cáo hoạt động | 1 | Tiếng Việt (vi) |
"""  # noqa: E501 - a table


@cache
def report() -> Form:
    """The form, compiled once."""
    return load_form(SOURCE, form_id="report")
