//! Tests what is found, and what looks alike and is fine.

use crate::diag::{Reports, Severity};
use crate::model::markdown;
use crate::model::raw_html::RawHtml;
use crate::model::reading::{Reading, SourceMap};
use crate::span::{FileId, Span};

const READING: Reading<'static> = Reading {
    place: SourceMap::At(Span { file: FileId(0), start: 0, end: 0 }),
    raw_html: RawHtml::Sanitize,
    mentions: None,
    own: "",
    title: "",
    directives: &["say", "session-summary"],
};

/// The reports on a text: code, and what is marked. A warning has a `?` after its code.
fn slips(text: &str) -> Vec<String> {
    let reading = READING;
    let mut reports = Reports::new();
    markdown::chapter(text, reading, &mut reports);
    reports.sort_by_key(|report| report.span().start);
    let mut found = Vec::new();
    for report in &reports {
        let mark = if report.severity == Severity::Warning { "?" } else { "" };
        let place = &text[report.span().start as usize..report.span().end as usize];
        found.push(format!("{}{mark} {place}", report.code.name.replace("markdown/", "")));
        assert!(report.help.is_some(), "{text}: no help");
        // What is typed instead mends it.
        if let Some(fix) = &report.fix {
            let mut mended = text.to_owned();
            mended.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.text);
            let mut after = Reports::new();
            markdown::chapter(&mended, reading, &mut after);
            let before: Vec<_> = reports.iter().filter(|other| *other != report).map(|other| other.code.name).collect();
            let left: Vec<_> = after.iter().map(|report| report.code.name).collect();
            assert!(left.len() <= before.len(), "{text:?} -> {mended:?}: {left:?}");
        }
    }
    found
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(slips(text), *expected, "{text}");
    }
}

#[test]
fn tables() {
    check(&[
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", &["lost-cell 3"]),
        ("a | b\n---|---\n1 | 2 | 3 | 4\n", &["lost-cell 3"]),
        ("> | a |\n> |---|\n> | 1 | x y |\n", &["lost-cell x y"]),
        ("| a | b |\n|---|---|\n| 1 | 2 | |\n| 1 |\n| `a\\|b` | 2 |\n| a \\| b | c |\n", &[]),
        ("| a | b |\n| 1 | 2 |\n", &["no-table | a | b |"]),
        ("| a | b |\n", &["no-table | a | b |"]),
        ("a | b\nc | d\n", &["no-table a | b"]),
        ("| a | b |\n|---|\n| 1 | 2 |\n", &["no-table |---|"]),
        ("| a | b |\n|——|——|\n| 1 | 2 |\n", &["no-table |——|——|"]),
        ("- x\n\n  | a | b |\n  | 1 | 2 |\n", &["no-table | a | b |"]),
        ("+---+---+\n| a | b |\n+---+---+\n", &["foreign-syntax +---+---+"]),
        ("The norm |x| is small.\n", &[]),
        ("[A](#a) | [B](#b)\n\n## A\n\n## B\n", &[]),
        ("Use `a | b` or\n`c | d`.\n", &[]),
        ("```\n| a | b |\n| 1 | 2 |\n```\n", &[]),
        ("Either a | b\nor nothing.\n", &[]),
        ("Text\n| a | b |\n|---|---|\n| 1 | 2 |\n", &[]),
    ]);
}

#[test]
fn fences() {
    check(&[
        ("```{say}\nHello\n\n## More\n", &["unclosed-fence ```{say}"]),
        ("~~~\ncode\n", &["unclosed-fence ~~~"]),
        ("```{say}\na\n\nb\n\n```{say}\nc\n```\n", &["unclosed-fence ```{say}"]),
        ("````\n```{say}\na\n```\n````\n\n~~~\n```\n~~~\n", &[]),
        ("- x\n\n  ```{say}\n  a\n  ```\n\n> ```\n> a\n> ```\n", &[]),
        ("``{say}\nHello\n``\n", &["unclosed-fence ``{say}"]),
        ("``python\ncode\n``\n", &["unclosed-fence ``python"]),
        ("a ``x\ny`` b\n", &[]),
        ("`{say}\n", &["unclosed-fence `{say}"]),
        ("    ```{say}\n    a\n    ```\n", &["unclosed-fence ```{say}"]),
        ("    code\n", &[]),
        ("```session-summary\nprotocol: x\n```\n", &["foreign-syntax session-summary"]),
        ("```{session-summary} protocol: x\n```\n", &["foreign-syntax {session-summary} protocol: x"]),
        ("```{say\na\n```\n", &["foreign-syntax {say"]),
        ("```text\nsay\n```\n", &[]),
    ]);
}

#[test]
fn alerts_and_conflicts() {
    check(&[
        ("> [!WARNUNG]\n> a\n", &["unknown-alert [!WARNUNG]"]),
        ("> [!danger] Risk\n> a\n", &["unknown-alert [!danger]"]),
        ("> [!NOTE] title\n> a\n", &["unknown-alert [!NOTE] title"]),
        ("> [!note]- Folded\n> a\n", &["unknown-alert [!note]- Folded"]),
        ("> [!xyz]\n> a\n", &["unknown-alert [!xyz]"]),
        ("[!NOTE]\na\n", &["unknown-alert [!NOTE]"]),
        ("> [!NOTE]\n> a\n\n> [!caution]\n> b\n", &[]),
        ("> [!!] really\n\n> \\[!WARN] typed\n", &[]),
        ("<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> anna\n", &["merge-conflict <<<<<<< HEAD"]),
        ("a\n\n```\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> anna\n```\n", &[]),
        ("a <<<<<<< b\n", &[]),
    ]);
}

#[test]
fn links_and_pictures() {
    check(&[
        ("![x](a b.png)\n", &["broken-image a b.png"]),
        ("See [x](a b.md) now.\n", &["broken-link a b.md"]),
        ("[x](a b.md \"t\")\n", &["broken-link a b.md"]),
        ("[x] (https://example.org)\n", &["broken-link ] ("]),
        ("![x] (a.png)\n", &["broken-image ] ("]),
        ("See [1] (and more) here, and [sic] (p. 3).\n", &[]),
        ("[x](a.md\n", &["broken-link (a.md"]),
        ("(x)[https://example.org]\n", &["broken-link (x)[https://example.org]"]),
        ("f(x)[1]\n", &[]),
        ("[](a.md)\n", &["broken-link [](a.md)"]),
        ("[[id|]]\n", &["broken-link [[id|]]"]),
        ("[[id\n", &["broken-link [[id"]),
        ("[[id]\n", &["broken-link [[id]"]),
        ("See [[role-play. And more.\n", &["broken-link [[role-play"]),
        ("[[id]] [[id|words]] [x](<a b.md>) [x](a%20b.md) ![x](<a b.png>)\n", &[]),
        ("\\[[id] and `[[id` and `](a b)`\n", &[]),
        ("[x][y]\n", &["broken-link [y]"]),
        ("[x][y] and [z]\n\n[y]: a.md\n[z]: b.md\n", &[]),
        ("[1][2] and [sic] and [ ]\n", &[]),
        ("[![x](a.png)](b.md)\n", &[]),
    ]);
}

#[test]
fn footnotes() {
    check(&[
        ("a[^1]\n", &["footnote [^1]"]),
        ("a[^1]\n\n[^1]: one\n\n[^1]: two\n", &["footnote [^1]"]),
        ("a\n\n[^1]: one\n", &["footnote? [^1]"]),
        ("a^[inline]\n", &["footnote ^["]),
        ("a[^1] b[^Two] c[^1]\n\n[^1]: one\n[^two]: two[^3]\n[^3]: three\n", &[]),
        ("a\\[^1] `[^2]` [^a b]\n", &[]),
    ]);
}

#[test]
fn what_lines_begin_with() {
    check(&[
        ("##Title\n", &["heading ##"]),
        ("##\u{a0}Title\n", &["heading ##"]),
        ("#\u{a0}Title\n", &["heading #"]),
        ("#Title\n", &["heading? #"]),
        ("###1. One\n", &["heading ###"]),
        ("Text\n##Title\n", &["heading ##"]),
        ("#1 is the first. #ipt\n\n#tag\n\n#One #Two\n", &[]),
        ("## Title {#id .wide}\n\n#\n\n## A ##\n", &[]),
        ("One paragraph.\n---\nTwo\n", &["heading? ---"]),
        ("One\ntwo\n---\n", &["heading? ---"]),
        ("Title\n---\n\nTitle\n=====\n\nText.\n\n---\n", &[]),
        ("1.one\n2.two\n", &["list? 1.", "list? 2."]),
        ("1)one\n", &["list? 1)"]),
        ("1.\u{a0}one\n", &["list? 1."]),
        ("404.html\n\n1.5 mg\n\n3.14\n\n1.a\n\n2.example.org is a name\n", &[]),
        ("• one\n• two\n", &["list? •", "list? •"]),
        ("-\u{a0}one\n", &["list? -\u{a0}"]),
        ("– one\n– two\n", &["list? –"]),
        ("-one\n-two\n", &["list? -"]),
        ("a) one\nb) two\n", &["list? a"]),
        ("– one\n\n-5 degrees\n\na) one\n\n* one\n+ two\n", &[]),
        ("::: warning\ntext\n:::\n", &["foreign-syntax ::: warning"]),
        ("!!! note \"x\"\n    text\n", &["foreign-syntax !!! note \"x\""]),
        ("??? note\n", &["foreign-syntax ??? note"]),
        (".. note:: x\n", &["foreign-syntax .. note:: x"]),
        ("!!! And so on\n\n!!! urgent matters\n\n??? really\n", &["foreign-syntax ??? really"]),
        ("[TOC]\n", &["foreign-syntax? [TOC]"]),
        ("Text\n:) or\n", &["foreign-syntax :"]),
        ("Text\n\n: and\n\nTerm\n: Definition\n", &[]),
        ("%% hidden %%\n", &["foreign-syntax %%", "foreign-syntax %% hidden %%"]),
    ]);
}

#[test]
fn what_stands_among_words() {
    check(&[
        ("## A\n\nText {.wide}\n", &["foreign-syntax? {.wide}"]),
        ("[x](a.md){target=_blank}\n", &["foreign-syntax? {target=_blank}"]),
        ("{{ name }} and {% if x %}\n", &["foreign-syntax {{ name }}", "foreign-syntax {% if x %}"]),
        ("{name} and {1, 2} and `{{ x }}` and \\{{ x }}\n", &[]),
        ("==marked== words\n", &["foreign-syntax? ==marked=="]),
        ("a == b and c == d\n", &[]),
        ("100 %% of %\n", &[]),
        ("www.example.org/a, more\n", &["bare-address? www.example.org/a"]),
        ("<https://www.example.org> [www.example.org](https://www.example.org) https://www.example.org\n", &[]),
        ("<www.example.org>\n", &["bare-address? <www.example.org>"]),
        ("[x]({{ y }})\n", &["foreign-syntax {{ y }}"]),
        ("`www.example.org` and the www. of it\n", &[]),
    ]);
}

#[test]
fn every_kind_is_silent_in_a_text_that_uses_everything_rightly() {
    let text = "# One\n\nA *b* **c**[^1] `d` [[e]] [[e|f]] [g](h.md#i) ![j](k.png \"l\") <https://example.org>\n\n\
        1. m\n2. n\n\n- [ ] o\n- p\n\n> [!NOTE]\n> q\n\n| r | s |\n|---|:-:|\n| t | u |\n\nV\n: w\n\n\
        ```{say}\nx\n```\n\n~~~text\ny\n~~~\n\n$z$ and $5\n\n[^1]: aa\n";
    assert_eq!(slips(text), Vec::<String>::new());
}

#[test]
fn stars() {
    check(&[
        ("**Note:**text\n", &["emphasis? **Note:**"]),
        ("Say **bold **now.\n", &["emphasis? **bold **"]),
        ("Say ** bold ** now.\n", &["emphasis? ** bold **"]),
        ("Say** bold **now.\n", &[]),
        ("| a |\n|---|\n| **x: **y |\n", &["emphasis? **x: **"]),
        ("**Achtung:**Krise. Und **jetzt **hier.\n", &["emphasis? **Achtung:**", "emphasis? **jetzt **"]),
        ("Patient*innen und Therapeut*innen.\n", &["emphasis *innen und Therapeut*"]),
        ("5*3*2\n", &["emphasis *3*"]),
        ("Take 2*25 mg or 3*50 mg a day.\n", &["emphasis *25 mg or 3*"]),
        // What is bold or italic, and stars that are marks of notes.
        ("**Note:** text. **bold**text, un*frigging*believable, *so*, Kolleg*in und *so*.\n", &[]),
        ("r = .40**, p = .03**, q = 2 ** 3 ** 2.\n", &[]),
        ("* p < .05. ** p < .01. *** p < .001.\n", &[]),
        ("Name** and name**, \\*\\*x \\*\\*y, `**x **y`.\n", &[]),
        ("Patient\\*innen und Therapeut\\*innen\n", &[]),
    ]);
}

#[test]
fn marks_of_other_tools() {
    check(&[
        ("m^2^ and 5^th^ and H~2~O.\n", &["foreign-syntax? ^2^", "foreign-syntax? ^th^", "foreign-syntax? ~2~"]),
        ("10^-3^, PHQ~9~.\n", &["foreign-syntax? ^-3^", "foreign-syntax? ~9~"]),
        ("~5~10, 5~10~15, a ^ b ^ c, x^2, ~~no~~, ~a.\n", &[]),
        ("[role-play]] and [[role-play]].\n", &["broken-link [role-play]]"]),
        ("[see [x]] and a]] and [x] y]].\n", &[]),
        ("![x](../assets/x.png =300x200)\n", &["broken-image ../assets/x.png =300x200)"]),
        (
            "[x](tel: 020 7946 0000) and [x](020 7946 0000)\n",
            &["broken-link tel: 020 7946 0000", "broken-link 020 7946 0000"],
        ),
        ("See.[^a]\n\n[^a] The note.\n", &["footnote [^a]"]),
        ("> [NOTE]\n> Text.\n", &["unknown-alert [NOTE]"]),
        ("[NOTE]\n\n> [NOTE] text\n", &[]),
        ("####### Deep\n", &["heading #######"]),
        ("#######\n\n#######x\n", &[]),
    ]);
}

#[test]
fn lists_with_other_signs() {
    check(&[
        ("(1) one\n(2) two\n", &["list? ("]),
        ("(a) one\n(b) two\n", &["list? ("]),
        ("i. one\nii. two\n", &["list? i"]),
        ("I) one\nII) two\n", &["list? I"]),
        ("A) one\nB) two\n", &["list? A"]),
        ("1 - one\n2 - two\n", &["list? 1"]),
        ("*one\n*two\n", &["list? *"]),
        ("+one\n+two\n", &["list? +"]),
        ("o one\no two\n", &["list? o"]),
        ("-[ ] one\n-[x] two\n", &["list? -"]),
        ("→ one\n→ two\n", &["list? →"]),
        // Names, a line on purpose, one line only, italics.
        ("A. Smith\nB. Jones\n", &[]),
        ("(1) one  \n(2) two\n", &[]),
        ("(1) one\n", &[]),
        ("*one* x\n*two* y\n", &[]),
        ("i. e. so\nand so\n", &[]),
        ("o one\nand two\n", &[]),
    ]);
}

#[test]
fn addresses_with_too_few_signs() {
    check(&[
        ("[x](http:/example.org)\n", &["broken-link http:/example.org"]),
        (
            "[x](https:example.org/a) [y](https://https://example.org)\n",
            &["broken-link https:example.org/a", "broken-link https://https://example.org"],
        ),
        ("[x](mailto://name@example.org)\n", &["broken-link mailto://name@example.org"]),
        ("[x](https://example.org//a) [y](mailto:name@example.org) [z](tel:999)\n", &[]),
        ("[x](https://web.example.org/web/2020/https://example.org/)\n", &[]),
    ]);
}

#[test]
fn words_that_are_indented() {
    check(&[
        ("x:\n\n    Ask about sleep, and write it down.\n", &["indented? Ask about sleep, and write it down."]),
        (
            "x:\n\n\tAsk about sleep, and write it down.\n\n\tThen go on.\n",
            &["indented? Ask about sleep, and write it down."],
        ),
        ("Items:\n\n    - Ask about sleep\n    - Ask about food\n", &["indented? - Ask about sleep"]),
        ("Items:\n\n    1. Frage nach dem Schlaf\n", &["indented? 1. Frage nach dem Schlaf"]),
        ("x:\n\n    let x = 5;\n", &[]),
        ("x:\n\n    apt install something here and there.\n", &[]),
        ("x:\n\n    Mood 5\n    Sleep 3\n", &[]),
        ("- x\n\n    Ask about sleep, and write it down.\n", &[]),
        ("    - name: x\n      value: y\n", &[]),
    ]);
}

#[test]
fn cells_begin_nothing() {
    check(&[
        ("| A | B |\n|---|---|\n| x | - |\n| y | – | \n| z | --- |\n", &[]),
        ("| # | # Sessions |\n|---|---|\n| ## | ✓ |\n| 1.one | • |\n", &[]),
        ("| A | B |\n|---|---|\n| x | - | - |\n", &["lost-cell -"]),
    ]);
}

/// What is looked for around a mark must not be looked for in all the text, at each mark again.
#[test]
fn many_marks_take_no_longer_each() {
    for text in
        ["]]".repeat(50_000), format!("[{}", "a]]".repeat(50_000)), "[^a] ".repeat(50_000), "**a".repeat(50_000)]
    {
        let mut reports = Reports::new();
        markdown::chapter(&text, READING, &mut reports);
    }
}

#[test]
fn lines_that_define_the_address_of_a_link() {
    check(&[
        ("[Nurse]: 112\n", &["broken-link [Nurse]: 112"]),
        ("- [Monday]: 10:00\n- [Tuesday]: free\n", &["broken-link [Monday]: 10:00", "broken-link [Tuesday]: free"]),
        ("> [SAMU]: 15\n", &["broken-link [SAMU]: 15"]),
        ("[Patient]: \"Hello\"\n", &["broken-link [Patient]: \"Hello\""]),
        ("[see @elkin1989]: yes\n", &["broken-link [see @elkin1989]: yes"]),
        ("> [!WARNING]: Suicide\n> Call the crisis line.\n", &["unknown-alert [!WARNING]: Suicide"]),
        ("[a]: https://example.org\n[b]: ../techniques/b.md\n[c]: c.pdf\n[d]: #top\n[e]: mailto:a@b.org\n", &[]),
        ("[//]: # (a note)\n\n[comment]: <> (another)\n\n[Nurse] : 112\n\n[Nurse]\\: 112\n", &[]),
        ("[Ask the nurse]: she knows the number.\n", &[]),
        ("Under the [licence].\n\n[licence]: LICENSE\n", &[]),
    ]);
}

#[test]
fn what_stood_there_and_vanished() {
    check(&[
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n", &["no-table | 3 | 4 |"]),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> | 3 | 4 |\n", &["no-table | 3 | 4 |"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n|---|---|\n| 5 | 6 |\n", &[]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nNote.\n", &["no-table? Note."]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3\n\nNote.\n", &[]),
        ("| a |\n|---|\n1\n2\n", &[]),
        ("> [!NOTE]\n\nText.\n", &["unknown-alert [!NOTE]"]),
        ("> [!NOTE]\n>\n> Text.\n", &[]),
        ("> [!NOTE]\n> - one\n", &[]),
        ("> Words.\n> [!NOTE]\n> Text.\n", &["unknown-alert [!NOTE]"]),
        ("> [!NOTE]\n> One.\n\n> [!TIP]\n> Two.\n", &[]),
        ("## Dose {10 mg}\n", &["foreign-syntax {10 mg}"]),
        ("## Dose {5}\n\nDose {6}\n---\n", &["foreign-syntax {5}", "foreign-syntax {6}"]),
        ("## Dose {#dose .wide}\n\n## {x\\}\n\n## `{x}`\n\n## {a} b\n\n## $x_{1}$\n", &[]),
        ("## # of sessions\n\n## - one\n", &[]),
        ("<p>See [[a]].</p>\n", &["foreign-syntax [[a]]"]),
        ("<p>\n\nSee [[a]].\n\n</p>\n\n<pre>[[a]]</pre>\n\n<!-- [[a]] -->\n", &[]),
        ("<div>\n**a**\n</div>\n", &["foreign-syntax? **a**"]),
        ("<div title=\"[[a]]\">5 ** 3</div>\n", &[]),
        ("a <!-- one\n\ntwo --> b\n", &["foreign-syntax <!--"]),
        ("a <!-- one\ntwo --> b `<!--` \\<!-- c\n\n<!-- one\n\ntwo -->\n", &[]),
        ("Call <name>.\n", &["html/unsafe <name>"]),
        ("Call <the ward> or <name>.\n", &["html/unsafe <the ward>", "html/unsafe <name>"]),
        ("a < b, c > d, <https://example.org>, <a@example.org>, <br>, <u>x</u>, <o:p>x</o:p>, `<name>`\n", &[]),
        ("    See [[a]] now\n", &["indented? See [[a]] now"]),
        ("    x = [[1, 2], [3, 4]]\n", &[]),
    ]);
}

#[test]
fn what_is_cited_or_linked_as_elsewhere() {
    check(&[
        ("So [technique/a].\n", &["broken-link [technique/a]"]),
        ("So [and/or], [n/a], [technique/A b], \\[technique/a], [technique/a](b.md).\n", &[]),
        ("So [frank1990].\n", &["citation/unread? [frank1990]"]),
        ("So [Table 1990], [1990], [ab1990], [frank 1990], [frank19901], \\[frank1990].\n", &[]),
        ("So \\cite{a, b}.\n", &["citation/unread \\cite{a, b}"]),
        ("So \\citep*[p. 3]{a} and {b}.\n", &["citation/unread \\citep*[p. 3]{a}"]),
        ("See [a](https://example.org/x\ny).\n", &["broken-link https://example.org/x\ny"]),
        ("— Hola, dijo.\n— Adiós.\n", &[]),
        ("– one\n– two\n", &["list? –"]),
        ("::: note\ntext\n:::\n\nmore\n", &["foreign-syntax ::: note"]),
        (":::\ntext\n", &["foreign-syntax :::"]),
    ]);
}

#[test]
fn tags_that_are_not_closed() {
    check(&[
        ("<b>Danger\n\nText\n", &["html/unsafe <b>"]),
        ("<details><summary>a</summary>\n\ntext\n\n## b\n", &["html/unsafe <details>"]),
        ("Come at <time> to us, <i>now</i>.\n", &["html/unsafe <time>"]),
        ("<details>\n<summary>a</summary>\n\ntext <b>c</b> <br> d\n\n</details>\n", &[]),
        ("<table><tr><td>1<td>2</table>\n\n<ul><li>a<li>b</ul>\n\n<B>x</b>\n", &[]),
        ("<!-- <b> -->\n\n`<b>` a <span class=\"x\">b</span>\n", &[]),
    ]);
}
