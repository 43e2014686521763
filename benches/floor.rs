//! Measures the least time that a build could take: reads every chapter of a manual, turns its Markdown into HTML,
//! writes a page of it, and does nothing else.
//!
//! `floor MANUAL SITE`, one thread.

use std::fs;
use std::io;
use std::path::Path;

use pulldown_cmark::{Parser, html};

const HEAD: &str =
    "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Page</title></head>\n<body>\n";
const FOOT: &str = "</body>\n</html>\n";

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(manual), Some(site)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: floor MANUAL SITE"));
    };
    folder(Path::new(&manual), Path::new(&site))
}

fn folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            folder(&path, &to.join(entry.file_name()))?;
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path)?;
            let mut page = String::with_capacity(text.len() * 2);
            page.push_str(HEAD);
            html::push_html(&mut page, Parser::new(without_front_matter(&text)));
            page.push_str(FOOT);
            fs::write(to.join(entry.file_name()).with_extension("html"), page)?;
        }
    }
    Ok(())
}

fn without_front_matter(text: &str) -> &str {
    text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, text)| text)
}
