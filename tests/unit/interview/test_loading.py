"""Forms are checked when they are loaded: what is wrong is said with its row, what a chat cannot ask is refused."""

import pytest

from interview import PROBLEMS, FormError, load_form, load_xform
from interview.forms.sheet import read_sheet
from interview.steps import Ask, Kind, Review, Took
from tests.unit.interview.person import Person, form_of

HEAD = "| survey |\n| | type | name | label |"
CHOICES = "| choices |\n| | list_name | name | label |\n| | a | x | X |"


def refused(source: str) -> list[tuple[str, int | None]]:
    with pytest.raises(FormError) as caught:
        load_form(source, form_id="sample")
    return [(problem.code, problem.row) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ("audio | a | Nghe", "kind_unsupported", 2),
        ("geotrace | a | Đường nào", "kind_unsupported", 2),
        ("text | b | B |\n| | barcode | a | Quét", "kind_unsupported", 3),
        ("deviceid | a |", "metadata_unsupported", 2),
        ("text | a | A |\n| | text | a | A", "xlsform", 3),
        ("texxt | a | A", "xlsform", 2),
        ("select_one_from_file x.csv | a | A", "csv_missing", 2),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_its_row(rows: str, code: str, row: int | None) -> None:
    assert refused(f"{HEAD}\n| | {rows} |\n") == [(code, row)]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("relevant", "${b} = ", "expression_invalid"),
        ("relevant", "${b} = 'x", "expression_invalid"),
        ("relevant", "once(1)", "function_unknown"),
        ("relevant", "selected(${b})", "function_arguments"),
        ("relevant", "${a} = 1", "cycle"),
        ("constraint", "regex(., '[')", "regex_invalid"),
        ("constraint", "regex(., '(a)\\1')", "regex_invalid"),
        ("constraint", "string-length(.) > 3 or regex(., '(?=a)a+')", "regex_invalid"),
        ("constraint", "regex(., '(?<!a)b')", "regex_invalid"),
        ("constraint", "regex(., 'a++')", "regex_invalid"),
        ("constraint", "regex(., ${b})", "regex_dynamic"),
        ("relevant", "regex(${b}, concat('a', 'b'))", "regex_dynamic"),
        ("constraint", "/data/nothing = 1", "path_unknown"),
        ("calculation", "1 + 1", "calculated_question"),
        ("media::image", "x.png", "column_unsupported"),
        ("trigger", "${b}", "column_unsupported"),
        ("read_only", "yes", "column_unsupported"),
    ],
)
def test_a_cell_that_cannot_work_is_refused_with_its_row(column: str, cell: str, code: str) -> None:
    cell = cell.replace("|", "\\|")
    source = f"| survey |\n| | type | name | label | {column} |\n| | text | b | B | |\n| | text | a | A | {cell} |\n"
    assert refused(source) == [(code, 3)]


def test_all_problems_are_told_at_once_in_the_order_of_rows() -> None:
    assert [
        code for code, _ in refused(f"{HEAD}\n| | audio | a | A |\n| | barcode | b | B |\n| | text | c | C |\n")
    ] == [
        "kind_unsupported",
        "kind_unsupported",
    ]


def test_a_form_without_questions_is_refused() -> None:
    assert refused(f"{HEAD}\n| | hidden | a | |\n") == [("no_questions", None)]


def test_on_review_and_required_do_not_go_together() -> None:
    with pytest.raises(FormError, match=r"\[survey, row 2\] 'a' is on-review"):
        form_of("text|a|A|yes|||on-review|||")


def test_on_review_has_no_place_in_a_repeat() -> None:
    with pytest.raises(FormError, match="'a' is marked on-review inside a repeat"):
        form_of("begin repeat|r|R|||||||\ntext|a|A|no|||on-review|||\nend repeat|||||||||")


def test_a_name_is_used_once_in_a_form_and_once_in_each_repeat() -> None:
    rows = "text|a|A|no||||||\nbegin group|g|G|||||||\ntext|a|A|no||||||\nend group|||||||||"
    with pytest.raises(FormError, match="The name 'a' is used twice"):
        form_of(rows)
    form_of(rows.replace("begin group", "begin repeat").replace("end group", "end repeat"))


def test_a_question_without_words_is_refused() -> None:
    with pytest.raises(FormError, match="'a' has no label"):
        form_of("text|a||no||||||")


def test_a_default_outside_the_list_is_refused() -> None:
    with pytest.raises(FormError, match="default of 'a', 'z'"):
        form_of("select_one c|a|A|||||z||", "c|x|X||")


def test_nested_repeats_are_refused() -> None:
    rows = (
        "begin repeat|r|R|||||||\nbegin repeat|s|S|||||||\ntext|a|A|||||||\nend repeat||||||||||\nend repeat||||||||||"
    )
    with pytest.raises(FormError, match="repeat 's' lies inside another"):
        form_of(rows)


@pytest.mark.parametrize(("text", "code"), [("name,label\n", "csv_empty"), ("id,label\n1,A\n", "csv_column")])
def test_a_csv_of_choices_is_checked(text: str, code: str) -> None:
    with pytest.raises(FormError) as caught:
        form_of("select_one_from_file x.csv|a|A|||||||", csvs={"x.csv": text})
    assert code in [problem.code for problem in caught.value.problems]


def test_every_problem_reads_as_a_sentence_with_its_place() -> None:
    with pytest.raises(FormError) as caught:
        load_form(f"{HEAD}\n| | text | b | B |\n| | audio | a | A |\n", form_id="sample")
    assert str(caught.value).startswith("[survey, row 3] A chat cannot ask 'a' (type 'audio/*'). Use one of:")
    assert all(sentence.endswith((".", "}")) for sentence in PROBLEMS.values())


def test_a_form_knows_its_languages_titles_rows_and_source() -> None:
    source = (
        "| survey |\n| | type | name | label::Tiếng Việt (vi) | label::English (en) |\n"
        "| | text | a | Tên | Name |\n"
        "| settings |\n| | form_title | form_title::English (en) | version | default_language |\n"
        "| | Báo cáo | Report | 7 | Tiếng Việt (vi) |\n"
    )
    form = load_form(source, form_id="sample")
    assert (form.id, form.version, form.languages) == ("sample", "7", ("vi", "en"))
    assert (form.title("vi"), form.title("en"), form.title("fr")) == ("Báo cáo", "Report", "Báo cáo")
    assert [(question.name, question.kind, question.row) for question in form.questions] == [("a", Kind.TEXT, 2)]
    assert form.hash == load_form(source, form_id="sample").hash != load_form(source + " ", form_id="sample").hash


SHORT = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | short::Tiếng Việt (vi) | short::English (en) | appearance |
| | date | day | Làm vào ngày nào? | On which day? | Ngày | Day | |
| | begin group | g | Ai? | Who? | | | |
| | text | who | Ai đã làm? | Who did it? | Người làm | | |
| | end group | | | | | | |
| | text | topic | Chủ đề gì? | What topic? | | Topic | on-review |
"""  # noqa: E501 - a table


@pytest.mark.parametrize(
    ("language", "called"), [("vi", ["Ngày", "Người làm", "Chủ đề gì?"]), ("en", ["Day", "Who did it?", "Topic"])]
)
def test_an_answer_stands_beside_the_short_name(language: str, called: list[str]) -> None:
    person = Person(load_form(SHORT, form_id="sample"), language=language)
    assert person.sees(Ask).label in {"Làm vào ngày nào?", "On which day?"}
    person.says("15/11")
    assert person.sees(Took).label == called[0]
    person.says("Lan")
    review = person.sees(Review)
    assert [line.label for line in review.lines] + [extra.label for extra in review.extras] == called
    assert person.says(called[2]).asked == "topic"
    assert person.says("x", called[0]).asked == "day"


def test_a_short_name_in_one_language_is_enough() -> None:
    form = load_form(
        "| survey |\n| | type | name | label | short |\n| | text | a | Câu nào? | Câu |\n", form_id="sample"
    )
    assert Person(form).says("x").sees(Took).label == "Câu"


def test_a_short_name_is_fixed() -> None:
    source = "| survey |\n| | type | name | label | short |\n| | text | a | A | B ${a} |\n"
    with pytest.raises(FormError) as raised:
        load_form(source, form_id="sample")
    assert [(problem.code, problem.row) for problem in raised.value.problems] == [("short_dynamic", 2)]


def test_an_xform_made_elsewhere_runs_as_well() -> None:
    source = f"{HEAD}\n| | text | a | A |\n| | select_one a | b | B |\n{CHOICES}\n"
    form = load_xform(read_sheet(source, "sample").xform, form_id="other")
    assert [question.name for question in form.questions] == ["a", "b"]
    with pytest.raises(FormError):
        load_xform("<nothing/>", form_id="other")
