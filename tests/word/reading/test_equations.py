"""Equations as lines of text that mean the same."""

import pytest

from tests.rigs.word_documents import p, r, to_text


def t(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def e(content: str, name: str = "e") -> str:
    return f"<m:{name}>{content}</m:{name}>"


def power(base: str, exponent: str) -> str:
    return f"<m:sSup>{e(base)}{e(exponent, 'sup')}</m:sSup>"


def fraction(above: str, below: str) -> str:
    return f"<m:f>{e(above, 'num')}{e(below, 'den')}</m:f>"


def index(base: str, below: str) -> str:
    return f"<m:sSub>{e(base)}{e(below, 'sub')}</m:sSub>"


@pytest.mark.parametrize(
    ("equation", "line"),
    [
        (t("K=") + fraction(t("A"), t("B")) + t("×") + power(t("10"), t("6")), "K=A/B×10<sup>6</sup>"),
        (fraction(t("a+b"), t("c")), "(a+b)/c"),
        (fraction(fraction(t("a"), t("b")), t("1,5")), "(a/b)/1,5"),
        (power(t("x"), fraction(t("a"), t("2"))), "x<sup>a/2</sup>"),
        (power(t("x"), power(t("y"), t("n+1"))), "x<sup>y^(n+1)</sup>"),
        (index(t("x"), t("i")) + t("=") + power(t("y"), t("2")), "x<sub>i</sub>=y<sup>2</sup>"),
        (f"<m:rad><m:deg/>{e(t('x+1'))}</m:rad>", "√(x+1)"),
        (f"<m:rad>{e(t('3'), 'deg')}{e(t('8'))}</m:rad>", "<sup>3</sup>√8"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>' + e(t("i=1"), "sub") + e(t("n"), "sup")
         + e(index(t("x"), t("i"))) + "</m:nary>", "∑<sub>i=1</sub><sup>n</sup> x<sub>i</sub>"),
        (f"<m:d>{e(t('a'))}{e(t('b'))}</m:d>", "(a&#124;b)"),
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/><m:sepChr m:val=";"/></m:dPr>' + e(t("0")) + e(t("1"))
         + "</m:d>", "\\[0;1\\]"),
        (f"<m:func>{e(t('sin'), 'fName')}{e(t('x'))}</m:func>", "sin x"),
        (f"<m:m><m:mr>{e(t('1'))}{e(t('2'))}</m:mr><m:mr>{e(t('3'))}{e(t('4'))}</m:mr></m:m>", "1, 2; 3, 4"),
        (f"<m:box>{e(t('trong khung'))}</m:box>", "trong khung"),
        (f"<m:la>{e(t('lạ'))}</m:la>", "lạ"),
    ],
)  # fmt: skip
def test_an_equation_is_a_line_that_means_the_same(equation: str, line: str) -> None:
    assert to_text(f"<w:p>{r('Điểm: ')}<m:oMath>{equation}</m:oMath></w:p>") == f"Điểm: {line}\n"


def test_an_equation_of_its_own_paragraph_is_read() -> None:
    assert to_text(f"<w:p><m:oMathPara><m:oMath>{t('E=m')}</m:oMath></m:oMathPara></w:p>{p('Sau')}") == "E=m\n\nSau\n"
