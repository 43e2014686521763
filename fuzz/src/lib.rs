//! What the fuzz targets share: texts to a manual, checked and, if it may be published, made into a site.
//!
//! A target gives bytes to one part of iptbook and says what must hold. `fuzz/run` runs them.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use iptbook::diag::Reports;
use iptbook::files::attachments::Attachments;
use iptbook::files::source::{Loaded, SourceFile, Sources};
use iptbook::files::output::Output;
use iptbook::files::theme::ThemeFiles;
use iptbook::load;
use iptbook::pipeline::{self, Checked, CheckOptions};
use iptbook::render;
use iptbook::render::verify::{VerifyingOutput, HtmlOrigin};

static THEME: LazyLock<ThemeFiles> =
    LazyLock::new(|| load::theme(None, &mut Sources::default()).expect("the default theme"));

/// The texts of a site that are not pages of the theme, by their paths.
#[derive(Default)]
pub struct Data(Mutex<BTreeMap<String, Vec<u8>>>);

impl Data {
    /// The files, by their paths.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().expect("nobody panics in here")
    }
}

impl Output for Data {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        if path.starts_with("data/") {
            self.0.lock().expect("nobody panics in here").insert(path.to_owned(), content.to_vec());
        }
        Ok(())
    }

    fn copy(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
}

/// Checks a manual of these files; every report must lie within its file.
pub fn checked(files: &[(&str, &str)]) -> Checked {
    let source = |(path, text): &(&str, &str)| SourceFile {
        path: (*path).to_owned(),
        shown: (*path).to_owned(),
        text: (*text).to_owned().into(),
    };
    let sources = Sources::new(files.iter().map(source).collect());
    let loaded = Loaded { sources, attachments: Attachments::default() };
    let options = CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: true };
    let checked = pipeline::check(&loaded, &THEME, options, Reports::new());
    for report in &checked.reports {
        let text = &loaded.sources.get(report.span().file).text;
        assert!(report.span().start <= report.span().end, "{report:?} ends after it begins");
        assert!(report.span().start as usize <= text.len(), "{report:?} is in its file");
    }
    checked
}

/// Makes a site of what may be published, and looks at its pages; returns its data files.
pub fn site(checked: &Checked) -> BTreeMap<String, Vec<u8>> {
    let data = Data::default();
    if !checked.is_publishable(false) {
        return BTreeMap::new();
    }
    let examined = VerifyingOutput::new(&data, HtmlOrigin::OfTemplates);
    render::site(&checked.manual, &checked.words, &checked.citations(), &THEME, &examined).expect("a site");
    let faults = examined.faults();
    // HTML that is trusted may hold anything.
    let trusts = checked.manual.settings.raw_html == iptbook::model::raw_html::RawHtml::Trust;
    assert!(faults.is_empty() || trusts, "{faults:?}");
    data.into_files()
}

/// Everything: check, and make the site.
pub fn whole(files: &[(&str, &str)]) {
    site(&checked(files));
}
