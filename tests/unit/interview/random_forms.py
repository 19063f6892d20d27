"""Random but valid forms, and random answers to them."""

from hypothesis import strategies as st

from interview.steps import Answer, Ask, Kind, Media, Output, Point, Pressed, Review, Typed

KINDS = (
    "text", "integer", "date", "time", "select_one c", "select_multiple c", "image", "geopoint", "decimal", "note",
    "range", "dateTime",
)  # fmt: skip
CHOICES = "c|x|Táo|p q|\nc|y|Cam|p|\nc|z|Xoài|q|"

_SAID = """lùi|bỏ qua|hủy|xem lại|gửi|1|2|30|30 15|nữ 30 nam 15|45 người, 30|hôm qua|15/11|31/02|táo|cma
xong|14:30|tao, cam|thêm|có|-5|1,5|10.5, 106.5| |²|tiếp tục|Câu 1|trang sau|ba mươi lăm
toàn nữ 30|30 nữ thôi|không có ai|20/12|sáng nay|sửa câu 1|nữ 35 ạ|ngày 20/11, nam 5|gửi đi em|đúng, dừng lại|đừng
8h sáng hôm qua|4/10|15/11 8h|45|45 người|35 người, 20 nữ, 10 nam|ghi|bỏ mục này|Tên khác"""
_PRESSED = """back skip cancel review send keep drop finish more yes no today yesterday other_day next_page
previous_page continue default remove take_total v0 v9 c0 c1 c2 e3 e4 e5 e6.1 e99"""
TEXTS = st.one_of(st.sampled_from(_SAID.replace("\n", "|").split("|")), st.text(max_size=12))
TOKENS = st.sampled_from(_PRESSED.split())
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    TEXTS.map(Typed),
    TOKENS.map(Pressed),
    st.builds(Media, st.sampled_from(("p1", "p2")), st.booleans()),
    st.just(Point(10.5, 106.5)),
)


@st.composite
def surveys(draw: st.DrawFn) -> str:
    """Rows of a survey: questions with conditions on earlier ones, a group asked together, a repeat, extras."""
    rows: list[str] = ["hidden|here||||||||"]
    rows += [_question(draw, f"q{number}", _condition(draw, number)) for number in range(draw(st.integers(1, 6)))]
    if draw(st.booleans()):
        look = draw(st.sampled_from(("field-list", "field-list sum")))
        rows.append(f"begin group|g|Nhóm||{_condition(draw, 1)}||{look}|||")
        rows += ["integer|women|Nữ|yes||||||", f"integer|men|Nam|{draw(st.sampled_from(('yes', 'no')))}||. < 100||||"]
        rows += ["integer|others|Chưa phân|||. > 0|unsorted|||"] if look.endswith("sum") and draw(st.booleans()) else []
        rows.append("end group|||||||||")
    if draw(st.booleans()):
        rows += [
            f"begin repeat|r|Mục||{_condition(draw, 1)}||||",
            "text|name|Tên|yes||||||",
            "integer|count|Bao nhiêu ${name}?|no|string-length(${name}) > 1|||||",
            "end repeat|||||||||",
            "calculate|sum|||||||sum(${count})|",
        ]
    if draw(st.booleans()):
        rows += [
            f"begin repeat|more|Mục khác||{_condition(draw, 1)}||on-review max-2|||",
            f"text|more_name|Tên khác|yes|{_condition(draw, 1)}|||||",
            "begin group|more_people|Nhóm||||field-list sum|||",
            "integer|more_women|Nữ|yes||||||",
            "integer|more_men|Nam|yes||||||",
            "end group|||||||||",
            "end repeat|||||||||",
        ]
    if draw(st.booleans()):
        rows += [
            f"begin group|new|Mới||{_condition(draw, 1)}||field-list on-review|||",
            "integer|new_women|Nữ mới|no||. < 50||||",
            "integer|new_men|Nam mới|no||||||",
            "end group|||||||||",
        ]
    rows.append(f"text|place|Nơi|{draw(st.sampled_from(('no', _condition(draw, 1) or 'no')))}|||on-review|||")
    rows += ["text|topic|Chủ đề|no|||on-review|||", "image|photos|Ảnh|no|||on-review max-2|||"]
    return "\n".join(rows)


def valid_answer(outputs: tuple[Output, ...]) -> Answer:
    """Something that any question of these forms takes: how a willing person gets to the end."""
    last = outputs[-1]
    if isinstance(last, Review):
        return Pressed("send" if any(option.token == "send" for option in last.options) else "continue")
    if not isinstance(last, Ask):
        return Pressed("keep")
    tokens = [option.token for option in last.options]
    for token in ("yes", "finish", "today"):
        if token in tokens:
            return Pressed(token)
    return Media("p", is_image=True) if last.kind is Kind.IMAGE else _valid(last.kind, tokens)


def _valid(kind: Kind, tokens: list[str]) -> Answer:
    texts = {
        Kind.GROUP: "nữ 30 nam 15",
        Kind.INTEGER: "30",
        Kind.DECIMAL: "2,5",
        Kind.TIME: "14:30",
        Kind.GEOPOINT: "10.5, 106.5",
        Kind.DATE: "15/11",
        Kind.DATETIME: "8h sáng 15/11",
        Kind.RANGE: "3",
    }
    if kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
        return Pressed(next(token for token in tokens if token.startswith("c")))
    return Typed(texts.get(kind, "Một câu"))


def _question(draw: st.DrawFn, name: str, condition: str) -> str:
    kind = draw(st.sampled_from(KINDS))
    required = draw(st.sampled_from(("yes", "no", "${here} = 'p'")))
    if kind == "note":
        return f"note|{name}|Ghi chú {name}||{condition}|||||"
    constraint = ". >= 0" if kind == "integer" else ". <= today()" if kind == "date" else ""
    chosen = "selected(place, ${here})" if kind == "select_one c" and draw(st.booleans()) else ""
    return f"{kind}|{name}|Câu {name[1:]}|{required}|{condition}|{constraint}||||{chosen}"


def _condition(draw: st.DrawFn, before: int) -> str:
    if before == 0 or draw(st.booleans()):
        return ""
    earlier = f"${{q{draw(st.integers(0, before - 1))}}}"
    tests = (f"{earlier} != ''", f"{earlier} = ''", f"selected({earlier}, 'x')", f"string-length({earlier}) > 2")
    return draw(st.sampled_from(tests))
