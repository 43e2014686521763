//! Writes a made-up manual in the format of iptbook or of one of its peers.
//!
//! `generate FORMAT CHAPTERS FOLDER`, where FORMAT is one of iptbook, hugo, zola, mdbook, mkdocs
//! (which Zensical reads too), sphinx. The same call gives the same bytes. Peers get their
//! configuration and templates from `benches/peers/`.

#![allow(clippy::print_stderr, reason = "a program for the terminal")]

mod manual;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use manual::{TITLE, chapters_of, name, section_name, section_of, section_title, summary, text, title};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, chapters, folder] = arguments.as_slice() else { return usage() };
    let Some(chapters) = chapters.parse().ok().filter(|chapters| *chapters > 0) else { return usage() };
    let put = |path: &str, text: &str| {
        let path = Path::new(folder).join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder is made");
        fs::write(path, text).expect("a file is written");
    };
    match format.as_str() {
        "iptbook" => manual::iptbook(chapters, put),
        "hugo" => hugo(chapters, put),
        "zola" => zola(chapters, put),
        "mdbook" => mdbook(chapters, put),
        "mkdocs" => plain("docs", chapters, put),
        "sphinx" => sphinx(chapters, put),
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: generate iptbook|hugo|zola|mdbook|mkdocs|sphinx CHAPTERS FOLDER");
    ExitCode::from(2)
}

/// Where a chapter lies, without the ending.
fn place(chapter: usize) -> String {
    format!("{}/{}", section_name(section_of(chapter)), name(chapter))
}

/// A link as CommonMark has it, which most peers resolve.
fn relative_link(chapter: usize) -> String {
    format!("[{}](../{}.md)", title(chapter), place(chapter))
}

/// The pages of peers without front matter.
fn plain(root: &str, chapters: usize, put: impl Fn(&str, &str)) {
    put(&format!("{root}/index.md"), &format!("# {TITLE}\n\nRead on.\n"));
    for section in 1..=section_of(chapters) {
        let path = format!("{root}/{}/index.md", section_name(section));
        put(&path, &format!("# {}\n\nRead on.\n", section_title(section)));
    }
    for chapter in 1..=chapters {
        let text = text(chapter, chapters, relative_link);
        let page = format!("# {}\n\n{}\n{text}", title(chapter), summary(chapter));
        put(&format!("{root}/{}.md", place(chapter)), &page);
    }
}

fn mdbook(chapters: usize, put: impl Fn(&str, &str)) {
    let mut contents = format!("# Summary\n\n[{TITLE}](index.md)\n\n");
    for section in 1..=section_of(chapters) {
        let _ = writeln!(contents, "- [{}]({}/index.md)", section_title(section), section_name(section));
        for chapter in chapters_of(section, chapters) {
            let _ = writeln!(contents, "  - [{}]({}.md)", title(chapter), place(chapter));
        }
    }
    put("src/SUMMARY.md", &contents);
    plain("src", chapters, put);
}

fn sphinx(chapters: usize, put: impl Fn(&str, &str)) {
    let tree = |lines: String| format!("\n```{{toctree}}\n:titlesonly:\n\n{lines}```\n");
    plain(".", chapters, |path, text| {
        let lines = match path.split('/').collect::<Vec<_>>().as_slice() {
            [_, "index.md"] => {
                (1..=section_of(chapters)).map(|section| format!("{}/index\n", section_name(section))).collect()
            }
            [_, folder, "index.md"] => {
                let section = (1..=section_of(chapters)).find(|section| section_name(*section) == *folder);
                let section = section.expect("the folder of a section");
                chapters_of(section, chapters).map(|chapter| format!("{}\n", name(chapter))).collect()
            }
            _ => return put(path, text),
        };
        put(path, &format!("{text}{}", tree(lines)));
    });
}

fn hugo(chapters: usize, put: impl Fn(&str, &str)) {
    put("content/_index.md", &format!("---\ntitle: {TITLE}\n---\n\nRead on.\n"));
    for section in 1..=section_of(chapters) {
        let front = format!("title: {}\nweight: {section}", section_title(section));
        put(&format!("content/{}/_index.md", section_name(section)), &format!("---\n{front}\n---\n\nRead on.\n"));
    }
    let link = |chapter| format!("[{}]({{{{< relref \"/{}.md\" >}}}})", title(chapter), place(chapter));
    for chapter in 1..=chapters {
        let front = format!("title: {}\ndescription: {}\nweight: {chapter}", title(chapter), summary(chapter));
        let text = text(chapter, chapters, link);
        put(&format!("content/{}.md", place(chapter)), &format!("---\n{front}\n---\n{text}"));
    }
}

fn zola(chapters: usize, put: impl Fn(&str, &str)) {
    put("content/_index.md", &format!("+++\ntitle = \"{TITLE}\"\nsort_by = \"weight\"\n+++\n\nRead on.\n"));
    for section in 1..=section_of(chapters) {
        let title = section_title(section);
        let front = format!("title = \"{title}\"\nsort_by = \"weight\"\nweight = {section}");
        put(&format!("content/{}/_index.md", section_name(section)), &format!("+++\n{front}\n+++\n\nRead on.\n"));
    }
    let link = |chapter| format!("[{}](@/{}.md)", title(chapter), place(chapter));
    for chapter in 1..=chapters {
        let (title, summary) = (title(chapter), summary(chapter));
        let front = format!("title = \"{title}\"\ndescription = \"{summary}\"\nweight = {chapter}");
        put(
            &format!("content/{}.md", place(chapter)),
            &format!("+++\n{front}\n+++\n{}", text(chapter, chapters, link)),
        );
    }
}
