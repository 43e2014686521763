//! Turns the headings of a text into HTML, with their anchors.

use crate::model::body::{Fill, Fragment, Heading, Target};
use crate::model::markdown::writer::{Writer, index};
use crate::model::text::slug;

impl<'a, 'r> Writer<'a, 'r> {
    pub(crate) fn heading_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    pub(crate) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let lead = heading.text.len() - heading.text.trim_start().len();
        let text = heading.text.trim().to_owned();
        let titles: Vec<_> =
            heading.titles.iter().map(|(at, link)| (at.saturating_sub(lead).min(text.len()), *link)).collect();
        let repeats_title = heading.level == 1 && text == self.reading.title && heading.html_at == 0;
        if repeats_title && self.outer.is_empty() {
            self.take();
            return;
        }
        // One h1 a page: the page's own title. A chapter's headings begin at level two, and no
        // level is skipped. If some are typed at level one, the others are still below them.
        self.has_parts |= heading.level == 1;
        let previous = self.body.headings.last().map_or(1, |heading| heading.level);
        let level = (heading.level + u8::from(self.is_lowered)).clamp(2, (previous + 1).min(6));
        let wanted = heading.id.unwrap_or_else(|| self.slug_of(&text, &titles));
        let id = self.free_anchor(wanted);
        let inner = Fragment {
            html: self.body.html.split_off(heading.html_at),
            markup: self.body.markup.split_off(heading.markup_at),
            holes: self.body.holes.split_off(heading.holes_at),
        };
        self.push(&format!("<h{level} id=\""));
        self.hole_in_tag(Fill::Prefix);
        self.push_attribute(&id);
        self.push("\"");
        if !heading.classes.is_empty() {
            self.push(" class=\"");
            self.push_attribute(&heading.classes.join(" "));
            self.push("\"");
        }
        self.push(">");
        self.hole(Fill::HeadingOpen(index(self.body.headings.len())));
        self.append(&inner, heading.html_at);
        self.hole(Fill::HeadingClose);
        self.push(&format!("</h{level}>\n"));
        self.body.headings.push(Heading { level, id, text, titles });
    }

    /// The anchor of a heading, with the names of the chapters that it links to.
    pub(crate) fn slug_of(&self, text: &str, titles: &[(usize, u32)]) -> String {
        let mut words = text.to_owned();
        for (at, link) in titles.iter().rev() {
            if let Target::Wiki { name, .. } = &self.body.links[*link as usize].target {
                words.insert_str(*at, name.rsplit('/').next().unwrap_or_default());
            }
        }
        slug(&words)
    }

    pub(crate) fn free_anchor(&mut self, wanted: String) -> String {
        // The page has anchors of its own.
        let wanted = match wanted.as_str() {
            "" => "section".to_owned(),
            "content" | "connections" => format!("{wanted}-1"),
            _ => wanted,
        };
        let mut anchor = wanted.clone();
        while !self.anchors.insert(anchor.clone()) {
            let number = self.repeated.entry(wanted.clone()).or_insert(0);
            *number += 1;
            anchor = format!("{wanted}-{number}");
        }
        anchor
    }
}
