//! Tests `check --external` against a server on this machine: what it reports, and where.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::support::{Ran, TODAY, TestManual};

/// A server on this machine; returns its address.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().expect("both ways")).lines().map_while(Result::ok);
                let question = lines.next().unwrap_or_default();
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                let status = match question.split(' ').nth(1).unwrap_or_default() {
                    "/gone" => "404 Not Found",
                    "/moved" => "301 Moved Permanently\r\nLocation: /there",
                    "/people" => "403 Forbidden",
                    "/down" => "500 Internal Server Error",
                    _ => "200 OK",
                };
                let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            });
        }
    });
    address
}

fn check(manual: &TestManual, arguments: &[&str]) -> Ran {
    let mut command = manual.program();
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    Ran::of(command.args(["check", "manual", "--as-of", TODAY]).args(arguments))
}

#[test]
fn an_address_among_words_is_tried_as_the_link_that_it_is() {
    let web = server();
    let text = format!("---\ntitle: A\nsummary: One.\n---\n\nSee {web}/gone, and `{web}/gone` as code.\n");
    let manual = TestManual::new(&[("pages/a.md", text)]);
    let reports = check(&manual, &["--external", "--format", "json"]).reports();
    let found: Vec<_> = reports.iter().map(|report| (report.line, report.column, report.code.as_str())).collect();
    assert_eq!(found, [(6, 5, "link/external-gone")]);
}

#[test]
fn outside_links_are_tried_and_reported_at_their_places() {
    let web = server();
    let manual = TestManual::new(&[
        ("manual.yaml", format!("title: Test manual\nfeedback: {web}/gone\n")),
        ("glossary.yaml", format!("- term: web\n  definition: \"[There]({web}/there)\"\n")),
        (
            "references.bib",
            format!(
                "@online{{work, author = {{A. Author}}, title = {{T}}, date = {{2001}}, url = {{{web}/down}}}}\n@online{{other, title = {{U}}, url = {{{web}/gone}}}}\n"
            ),
        ),
        (
            "pages/a.md",
            format!(
                "---\ntitle: A\nsummary: \"See [this]({web}/moved#part).\"\n---\n\nOn the web: [a]({web}/there), [b]({web}/people), \
                 [c]({web}/gone) and [c]({web}/gone#again) [@work]. Write to [us](mailto:us@example.org).\n"
            ),
        ),
    ]);
    let without = check(&manual, &["--format", "json", "--strict"]);
    assert_eq!((without.code, without.stdout.as_str()), (0, ""), "nothing is asked for unless it is wanted");

    let ran = check(&manual, &["--external", "--format", "json"]);
    assert_eq!(ran.code, 0, "what is wrong elsewhere is no error: {}", ran.stderr);
    let reports = ran.reports();
    let found: Vec<String> = reports
        .iter()
        .map(|report| format!("{}:{} {} {}", report.file, report.line, report.severity, report.code))
        .collect();
    let wanted = [
        "manual.yaml:2 warning link/external-gone",
        "pages/a.md:3 warning link/external-moved",
        "pages/a.md:6 warning link/external-gone",
        "pages/a.md:6 warning link/external-gone",
        "references.bib:1 warning link/external-unreachable",
    ];
    assert_eq!(found, wanted, "{}", ran.stderr);
    assert_eq!(reports[1].help, format!("write `{web}/there#part`"));
    assert!(reports[4].message.ends_with("it answers 500"), "{}", reports[4].message);
    assert!(ran.stderr.contains("5 links to the web tested; 1 of them"), "{}", ran.stderr);
    let text = check(&manual, &["--external"]);
    assert!(text.stderr.contains(&format!("warning[link/external-gone]: {web}/gone no longer exists")));
    assert_eq!(check(&manual, &["--external", "--strict"]).code, 1, "--strict allows no warnings");
}

#[test]
fn a_computer_that_reaches_nothing_is_at_fault_itself() {
    // The asking side of a connection: at its port nobody listens, and no server of another test gets it.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let asking = TcpStream::connect(listener.local_addr().expect("its address")).expect("a connection");
    let free = asking.local_addr().expect("its address");
    let chapter = format!(
        "---\ntitle: A\nsummary: B.\n---\n\n[a](http://{free}/a), [b](http://{free}/b) and [c](http://{free}/c)\n"
    );
    let manual = TestManual::new(&[("pages/a.md", chapter)]);
    let ran = check(&manual, &["--external"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("is this computer connected"), "{}", ran.stderr);
}
