//! Makes up a manual of any size, always the same: chapters of 600 words with five links to others, in sections of 25
//! chapters.

use std::fmt::Write as _;
use std::sync::LazyLock;

/// How many chapters a section has.
pub(crate) const IN_SECTION: usize = 25;

/// The manual's title.
pub(crate) const TITLE: &str = "A manual made up";

const HEADINGS: usize = 3;
const PARAGRAPHS: usize = 2;
const WORDS: usize = 100;
const LINKS: usize = 5;

/// The words that come up most; the others are made of syllables.
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "the of and to a in is that it with as for on be this are by or at from which not you can patient therapist session \
     role grief mood event change feel talk listen ask goal plan review week friend family partner work home loss \
     dispute people name answer begin practise support"
        .split(' ')
        .collect()
});

/// Words come in groups of 1, 2, 4 … words, each group as often as any other: the word in place n
/// comes up about 1/n as often as the first, as in a language.
const GROUPS: u32 = 13;

/// A source of numbers that look like chance and are always the same (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn word(&mut self) -> String {
        let group = 1 << self.below(GROUPS as usize);
        let place = group - 1 + self.below(group);
        COMMON.get(place).map_or_else(|| made_word(place), |word| (*word).to_owned())
    }

    /// A few words, the first with a capital letter.
    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        capital(&words.join(" "))
    }
}

/// A word of three syllables, another one for every number below 512,000.
fn made_word(number: usize) -> String {
    let mut rest = number * 48_271 % 512_000;
    let mut word = String::new();
    for _ in 0..3 {
        word.push(char::from(b"bcdfghjklmnprstv"[rest % 16]));
        word.push(char::from(b"aeiou"[rest / 16 % 5]));
        rest /= 80;
    }
    word
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

/// The name of a section, which is that of its folder. Sections and chapters are counted from 1.
pub(crate) fn section_name(section: usize) -> String {
    format!("section-{section:04}")
}

/// The title of a section.
pub(crate) fn section_title(section: usize) -> String {
    format!("Section {section}")
}

/// The section of a chapter.
pub(crate) fn section_of(chapter: usize) -> usize {
    (chapter - 1) / IN_SECTION + 1
}

/// The chapters of a section in a manual of `chapters`.
pub(crate) fn chapters_of(section: usize, chapters: usize) -> std::ops::RangeInclusive<usize> {
    (section - 1) * IN_SECTION + 1..=(section * IN_SECTION).min(chapters)
}

/// The name of a chapter, which is that of its file.
pub(crate) fn name(chapter: usize) -> String {
    format!("chapter-{chapter:05}")
}

/// The title of a chapter.
pub(crate) fn title(chapter: usize) -> String {
    format!("{} {chapter}", Chance(chapter as u64).words(2))
}

/// A sentence on a chapter.
pub(crate) fn summary(chapter: usize) -> String {
    format!("{}.", Chance(chapter as u64 + (1 << 32)).words(12))
}

/// The text of a chapter in a manual of `chapters`, in Markdown; `link` writes a link to a chapter.
pub(crate) fn text(chapter: usize, chapters: usize, link: impl Fn(usize) -> String) -> String {
    let mut chance = Chance(chapter as u64 + (1 << 33));
    let mut text = String::new();
    for at in 0..HEADINGS * PARAGRAPHS {
        if at % PARAGRAPHS == 0 {
            let _ = write!(text, "\n## {}\n", chance.words(3));
        }
        text.push('\n');
        let mut in_sentence = 0;
        for word in 0..WORDS {
            let next = if word == WORDS / 2 && at < LINKS {
                link((chapter + chance.below((chapters - 1).max(1))) % chapters + 1)
            } else if in_sentence == 0 {
                capital(&chance.word())
            } else {
                chance.word()
            };
            text.push_str(&next);
            in_sentence += 1;
            let last = word + 1 == WORDS;
            if last || in_sentence > 7 && chance.below(8) == 0 {
                text.push('.');
                in_sentence = 0;
            }
            text.push(if last { '\n' } else { ' ' });
        }
    }
    text
}

/// Hands on the files of the manual as iptbook reads them: their paths and texts.
pub(crate) fn iptbook(chapters: usize, mut put: impl FnMut(&str, &str)) {
    let mut settings = format!("title: {TITLE}\nparts:\n");
    for section in 1..=section_of(chapters) {
        let (title, folder) = (section_title(section), section_name(section));
        let _ = writeln!(settings, "  - {{ title: {title}, folder: {folder}, kind: page }}");
    }
    put("manual.yaml", &settings);
    put("index.md", &format!("---\ntitle: {TITLE}\nsummary: Where it begins.\n---\n\nRead on.\n"));
    for chapter in 1..=chapters {
        let front = format!("title: {}\nsummary: {}\norder: {chapter}", title(chapter), summary(chapter));
        let text = text(chapter, chapters, |to| format!("[[{}]]", name(to)));
        let path = format!("{}/{}.md", section_name(section_of(chapter)), name(chapter));
        put(&path, &format!("---\n{front}\n---\n{text}"));
    }
}
