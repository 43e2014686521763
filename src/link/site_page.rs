//! Names the pages of the site that do not come from a file of the manual. It does not know where they are.

/// A page of the site that an author may link to by its path, though no file of the manual has this path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SitePage<'a> {
    /// A page that the tool makes, by the name that it has among [`SitePages`].
    Made(&'static str),
    /// The page of the part in a folder.
    Part(&'a str),
}

/// Knows the page of the site that a path means. Only the code that lays out the site can say that, so a manual is
/// given it when it is joined.
pub type SitePages = fn(&str) -> Option<SitePage<'_>>;
