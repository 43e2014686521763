//! Tests `iptbook serve` with the real program: what it serves is what a build gives, whatever happens to the manual.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::edits::{Desk, Dice, edit};
use crate::support::{TODAY, TestManual, Tree, tree};
use serde_json::Value;

/// The longest that anything may take until it is as it is to be: much more than it does, on a slow machine too.
const PATIENCE: Duration = Duration::from_secs(30);

/// A manual that is served; the program ends with it.
struct Served {
    child: Child,
    port: u16,
}

/// An answer.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Served {
    fn new(manual: &TestManual, arguments: &[&str]) -> Self {
        let mut command = manual.program();
        command.args(["serve", "manual", "--port", "0", "--as-of", TODAY]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output is ours");
        BufReader::new(stdout).read_line(&mut line).expect("it says where it serves");
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
        Self { child, port: port.unwrap_or_else(|| panic!("{line}")) }
    }

    /// Asks for an address, which is sent as it is.
    fn ask(&self, address: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: 127.0.0.1:{}\r\n", self.port) };
        let method = if headers.starts_with("POST") { "POST" } else { "GET" };
        let headers = headers.trim_start_matches("POST");
        write!(stream, "{method} {address} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        assert!(!head.contains("transfer-encoding"), "its length is told");
        Answer { status, head, body: answer.split_off(end + 4) }
    }

    /// A file as it would be in a built site; none where there is none.
    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let address = path.replace('%', "%25").replace(' ', "%20");
        let answer = self.ask(&format!("/{address}"), "");
        (answer.status == 200).then(|| if path.ends_with(".html") { bare(answer.body) } else { answer.body })
    }

    /// What pages are told of the present state.
    fn state(&self) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        write!(stream, "GET /.iptbook/live HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
        let lines = BufReader::new(stream).lines().map(|line| line.expect("it answers"));
        let data = lines.into_iter().find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
        serde_json::from_str(&data.expect("an event")).expect("JSON")
    }

    fn mistakes(&self) -> usize {
        self.state()["mistakes"].as_array().expect("a list").len()
    }

    /// The first difference from a site on disk, if there is any. `gone` are paths that may have been there.
    fn difference(&self, site: &Tree, gone: &BTreeSet<String>) -> Option<String> {
        for (path, content) in site {
            match self.file(path) {
                Some(served) if served == *content => {}
                Some(served) => return Some(format!("{path}: {}", first_difference(&served, content))),
                None => return Some(format!("{path} is not there")),
            }
        }
        gone.iter()
            .find(|path| !site.contains_key(*path) && self.file(path).is_some())
            .map(|path| format!("{path} is there"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where one file begins to be another than it is to be.
fn first_difference(served: &[u8], built: &[u8]) -> String {
    let at = served.iter().zip(built).take_while(|(one, other)| one == other).count();
    let from = |content: &[u8]| {
        String::from_utf8_lossy(&content[at.saturating_sub(160)..(at + 160).min(content.len())]).into_owned()
    };
    format!("served …{}…\nbuilt …{}…", from(served), from(built))
}

/// A page without what makes it follow.
fn bare(page: Vec<u8>) -> Vec<u8> {
    let page = String::from_utf8(page).expect("a page is text");
    let (before, rest) = page.split_once("<script src=\"/.iptbook/live.js\"").expect("it follows");
    let rest = rest.split_once("</script>").expect("the script's end").1;
    format!("{before}{}", rest.replacen("connect-src 'self'; ", "", 1)).into_bytes()
}

/// Waits until something is so.
fn until(what: &str, mut is: impl FnMut() -> Result<(), String>) {
    let begin = Instant::now();
    loop {
        match is() {
            Ok(()) => return,
            Err(why) => assert!(begin.elapsed() < PATIENCE, "{what}: {why}"),
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn small() -> TestManual {
    TestManual::new(&[
        ("index.md", "---\ntitle: Home\nsummary: Home.\n---\n\nTo [[one]] and [a film](assets/film.mp4).\n"),
        ("pages/one.md", "---\ntitle: One\nsummary: One.\n---\n\nThe first words.\n"),
        ("assets/film.mp4", "0123456789"),
    ])
}

#[test]
fn pages_follow_what_is_written_and_mistakes_keep_the_last_good_site() {
    let manual = small();
    let site = manual.build();
    let served = Served::new(&manual, &[]);
    let gone = BTreeSet::new();
    assert_eq!(served.difference(&without_marker(site.clone()), &gone), None);
    manual.write("pages/one.md", "---\ntitle: One\nsummary: One.\n---\n\nOther words.\n");
    until("a change", || {
        let page = String::from_utf8(served.file("pages/one.html").expect("the page")).expect("text");
        if page.contains("Other words") { Ok(()) } else { Err(page) }
    });
    let before = served.file("pages/one.html");
    let version = served.state()["version"].clone();
    manual.write("pages/one.md", "---\ntitel: One\nsummary: One.\n---\n\nBroken.\n");
    until("a mistake", || if served.mistakes() > 0 { Ok(()) } else { Err("none is told".into()) });
    let text = served.state()["mistakes"].to_string();
    assert!(text.contains("there is no key `titel` here") && text.contains("did you mean `title`?"), "{text}");
    assert!(text.contains("manual/pages/one.md:2:1"), "as in the terminal: {text}");
    assert_eq!(served.file("pages/one.html"), before, "the last good page stays");
    assert_eq!(served.state()["version"], version);
    manual.write("pages/one.md", "---\ntitle: One\nsummary: One.\n---\n\nMended.\n");
    until("mended", || if served.mistakes() == 0 { Ok(()) } else { Err("still told".into()) });
    let page = String::from_utf8(served.file("pages/one.html").expect("the page")).expect("text");
    assert!(page.contains("Mended"), "{page}");
}

#[test]
fn a_manual_that_begins_with_mistakes_is_shown_when_they_are_mended() {
    let manual = small();
    manual.write("pages/one.md", "---\ntitle: One\nsummary: One.\n---\n\nTo [[nowhere]].\n");
    let served = Served::new(&manual, &[]);
    let answer = served.ask("/", "");
    assert_eq!(answer.status, 503);
    assert!(String::from_utf8_lossy(&answer.body).contains("/.iptbook/live.js"), "it follows all the same");
    assert_eq!(served.mistakes(), 1);
    manual.write("pages/one.md", "---\ntitle: One\nsummary: One.\n---\n\nTo [[home]].\n");
    manual.write(
        "index.md",
        "---\ntitle: Home\nid: home\nsummary: Home.\n---\n\nTo [[one]] and [a film](assets/film.mp4).\n",
    );
    until("mended", || if served.file("index.html").is_some() { Ok(()) } else { Err("no site".into()) });
}

#[test]
fn what_a_build_says_of_finished_pages_and_templates_is_said_here_too() {
    let manual = small();
    manual.write_beside("theme/templates/components/footer.html", "<footer><a href=\"nowhere.html\">x</a></footer>");
    let served = Served::new(&manual, &["--theme", "theme"]);
    assert!(served.state()["mistakes"].to_string().contains("page/broken-link"));
    manual.write_beside("theme/templates/components/footer.html", "<footer>{{ site.title.nothing.at_all }}</footer>");
    until("a template", || {
        let told = served.state()["mistakes"].to_string();
        if told.contains("theme/") { Ok(()) } else { Err(told) }
    });
    manual.write_beside("theme/templates/components/footer.html", "<footer>fine</footer>");
    until("mended", || {
        let page = served.file("index.html").map(|page| String::from_utf8(page).expect("text")).unwrap_or_default();
        if page.contains("<footer>fine</footer>") { Ok(()) } else { Err(page) }
    });
}

#[test]
fn only_the_site_is_served_and_only_to_its_own_address() {
    let manual = small();
    manual.write_beside("secret.txt", "secret");
    let served = Served::new(&manual, &[]);
    for address in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/pages/../../secret.txt",
        "//etc/passwd",
        "/manual.yaml",
        "/pages/one.md",
        "/.iptbook",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/C:/secret.txt",
        "/%00",
    ] {
        let answer = served.ask(address, "");
        assert!(matches!(answer.status, 400 | 404), "{address}: {}", answer.status);
        assert!(!answer.body.windows(6).any(|six| six == b"secret"), "{address}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"] {
        for address in ["/", "/.iptbook/live", "/.iptbook/live.js"] {
            let answer = served.ask(address, &format!("Host: {host}\r\n"));
            assert_eq!(answer.status, 403, "{host}{address}");
            assert!(!String::from_utf8_lossy(&answer.body).contains("Home"));
        }
    }
    let answer = served.ask("/", "");
    assert!(answer.head.contains("cache-control: no-store"), "{}", answer.head);
    assert!(answer.head.contains("cross-origin-resource-policy: same-origin"), "{}", answer.head);
    assert_eq!(served.ask("/", "POST").status, 405);
    let lost = served.ask("/pages/nothing.html", "");
    assert_eq!(lost.status, 404);
    assert!(lost.head.contains("text/html"), "a page says so: {}", lost.head);
    let folder = served.ask("/pages", "");
    assert!(folder.status == 307 && folder.head.contains("location: /pages/"), "{}", folder.head);
}

#[test]
fn films_are_sent_in_parts_and_everything_has_its_type() {
    let manual = small();
    manual.write("assets/notes.txt", "Ä");
    let served = Served::new(&manual, &[]);
    let part = served.ask("/assets/film.mp4", "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.body.as_slice()), (206, &b"234"[..]));
    assert!(part.head.contains("content-range: bytes 2-4/10"), "{}", part.head);
    assert!(part.head.contains("content-type: video/mp4"), "{}", part.head);
    assert!(part.head.contains("cache-control: no-store"), "{}", part.head);
    assert_eq!(served.ask("/assets/film.mp4", "Range: bytes=50-60\r\n").status, 416);
    for whole in ["bytes=-20", "bytes=0-0,5-6", "bytes=abc", "items=0-5"] {
        let answer = served.ask("/assets/film.mp4", &format!("Range: {whole}\r\n"));
        assert_eq!((answer.status, answer.body.len()), (200, 10), "{whole}");
    }
    for (path, kind) in [
        ("static/css/style.css", "text/css"),
        ("static/js/page.js", "text/javascript"),
        ("static/icon.svg", "image/svg+xml"),
        ("data/manual.json", "application/json"),
        ("index.html", "text/html; charset=utf-8"),
        ("assets/notes.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = served.ask(&format!("/{path}"), "");
        assert!(answer.head.contains(&format!("content-type: {kind}")), "{path}: {}", answer.head);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_takes_the_place_of_a_film_leads_nowhere() {
    let manual = small();
    manual.write_beside("secret.txt", "secret");
    let served = Served::new(&manual, &[]);
    let film = manual.path("manual/assets/film.mp4");
    std::fs::remove_file(&film).expect("it is there");
    std::os::unix::fs::symlink(manual.path("secret.txt"), &film).expect("a link");
    // At once: nobody may have told of the link yet.
    let answer = served.ask("/assets/film.mp4", "");
    assert_eq!(answer.status, 404, "{}", String::from_utf8_lossy(&answer.body));
}

#[test]
fn a_theme_that_was_away_is_taken_up_again() {
    let manual = small();
    let settings = manual.read("manual/manual.yaml");
    manual.write("manual.yaml", format!("{settings}theme: ../theme\n"));
    let footer = |words: &str| {
        manual.write_beside("theme/templates/components/footer.html", format!("<footer>{words}</footer>"));
    };
    footer("first");
    let served = Served::new(&manual, &[]);
    let shows = |words: &str| {
        until(words, || {
            let page = served.file("index.html").map(|page| String::from_utf8(page).expect("text")).unwrap_or_default();
            let mistakes = served.state()["mistakes"].to_string();
            if page.contains(&format!("<footer>{words}</footer>")) && mistakes == "[]" { Ok(()) } else { Err(mistakes) }
        });
    };
    shows("first");
    std::fs::rename(manual.path("theme"), manual.path("away")).expect("it is there");
    until("the theme is missed", || {
        let told = served.state()["mistakes"].to_string();
        if told.contains("there is no folder") { Ok(()) } else { Err(told) }
    });
    std::fs::rename(manual.path("away"), manual.path("theme")).expect("it is there");
    shows("first");
    footer("second");
    shows("second");
}

#[cfg(unix)]
#[test]
fn control_c_ends_it_cleanly() {
    let manual = small();
    let mut served = Served::new(&manual, &[]);
    // A page that follows must not hold it up.
    let _page = TcpStream::connect(("127.0.0.1", served.port)).map(|mut stream| {
        write!(stream, "GET /.iptbook/live HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
        stream
    });
    let sent = std::process::Command::new("kill").args(["-INT", &served.child.id().to_string()]).status();
    assert!(sent.expect("there is a kill").success());
    let ended = served.child.wait().expect("it ends");
    assert_eq!(ended.code(), Some(0));
    assert!(TcpStream::connect(("127.0.0.1", served.port)).is_err(), "nobody listens any more");
}

fn without_marker(mut site: Tree) -> Tree {
    site.remove(".iptbook");
    site
}

/// How a text comes to the disk.
fn save(place: &Path, text: &str, dice: &mut Dice) {
    fs::create_dir_all(place.parent().expect("a folder")).expect("a folder is made");
    match dice.below(4) {
        // As Vim and others do.
        0 => {
            let beside = place.with_extension("md~");
            fs::write(&beside, text).expect("a file is written");
            fs::rename(&beside, place).expect("it takes the other's place");
        }
        // Half of it, and then the rest.
        1 => {
            let mut half = text.len() / 2;
            while !text.is_char_boundary(half) {
                half -= 1;
            }
            fs::write(place, &text[..half]).expect("a file is written");
            std::thread::sleep(Duration::from_millis(dice.below(30) as u64));
            fs::write(place, text).expect("a file is written");
        }
        _ => fs::write(place, text).expect("a file is written"),
    }
}

/// Makes a folder what a desk says; what need not change is left alone.
fn put(root: &Path, desk: &Desk, dice: &mut Dice) {
    let mut wanted: Vec<(String, &str)> =
        desk.texts.iter().map(|(path, text)| (format!("manual/{path}"), text.as_str())).collect();
    wanted.extend(desk.attachments.iter().map(|path| (format!("manual/{path}"), "a file")));
    wanted.extend(desk.theme.iter().map(|(path, text)| (format!("theme/{path}"), text.as_str())));
    let there = ["manual", "theme"].map(|folder| {
        tree(&root.join(folder)).into_iter().map(move |(path, content)| (format!("{folder}/{path}"), content))
    });
    let there: Tree = there.into_iter().flatten().collect();
    for path in there.keys().filter(|path| !wanted.iter().any(|(wanted, _)| wanted == *path)) {
        fs::remove_file(root.join(path)).expect("a file is removed");
    }
    for (path, text) in wanted {
        if there.get(&path).is_none_or(|old| old != text.as_bytes()) {
            save(&root.join(&path), text, dice);
        }
    }
}

/// A day's work: after each step what is served is what a build gives, or, where the manual has mistakes, what
/// the last good build gave. Returns how many steps had a site.
fn day(mut desk: Desk, seed: u64, steps: usize) -> usize {
    let mut dice = Dice(seed);
    desk.options.drafts = false;
    let manual = TestManual::new::<&str>(&[]);
    fs::create_dir_all(manual.path("theme/static")).expect("a folder");
    put(manual.root(), &desk, &mut dice);
    let served = Served::new(&manual, &["--theme", "theme"]);
    let (mut seen, mut sites) = (BTreeSet::new(), 0);
    let mut good_desk = desk.clone();
    let mut done = "nothing yet".to_owned();
    for count in 0..=steps {
        let place = format!("seed {seed}, step {count}: {done}");
        let built = manual.run(&["build", "manual", "--theme", "theme", "--as-of", TODAY]);
        if built.code == 0 {
            let site = without_marker(tree(&manual.path("site")));
            until(&place, || match served.difference(&site, &seen) {
                None if served.mistakes() > 0 => Err("mistakes are told".into()),
                None => Ok(()),
                Some(difference) => Err(format!("{difference}\n{}", served.state())),
            });
            seen = site.keys().cloned().collect();
            good_desk = desk.clone();
            sites += 1;
        } else {
            assert_eq!(built.code, 1, "{place}: {}", built.stderr);
            until(&place, || if served.mistakes() > 0 { Ok(()) } else { Err("no mistake is told".into()) });
            // Of several changes some may have been shown; but something whole always is.
            assert!(sites == 0 || served.file("index.html").is_some(), "{place}: the last good site");
        }
        // Most mistakes are mended at once.
        if built.code != 0 && dice.below(4) > 0 {
            desk = good_desk.clone();
            done = "undone".to_owned();
            put(manual.root(), &desk, &mut dice);
            continue;
        }
        match dice.below(12) {
            0 => {
                // As when another state of everything is fetched.
                let chapters = desk.texts.iter_mut().filter(|(path, _)| path.ends_with(".md"));
                chapters.for_each(|(_, text)| text.push_str(&format!("\n\nFetched {count}.\n")));
                done = "a burst".to_owned();
            }
            1 => {
                // A folder goes, and comes back with other words in it.
                let folders: Vec<String> =
                    desk.texts.keys().filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect();
                if !folders.is_empty() {
                    let folder = dice.of(&folders).clone();
                    fs::remove_dir_all(manual.path(&format!("manual/{folder}"))).expect("a folder is removed");
                    std::thread::sleep(Duration::from_millis(dice.below(20) as u64));
                    done = format!("{folder} went and came back");
                    let start = format!("{folder}/");
                    let texts =
                        desk.texts.iter_mut().filter(|(path, _)| path.starts_with(&start) && path.ends_with(".md"));
                    texts.for_each(|(_, text)| text.push_str(&format!("\n\nBack {count}.\n")));
                }
            }
            2 => {
                // The whole manual goes, and comes back.
                fs::remove_dir_all(manual.path("manual")).expect("the manual is removed");
                std::thread::sleep(Duration::from_millis(dice.below(20) as u64));
                done = "the manual went and came back".to_owned();
            }
            3 | 4 => {
                let several: Vec<String> = (0..3).map(|_| edit(&mut desk, &mut dice, count)).collect();
                done = several.join(", ");
            }
            _ => done = edit(&mut desk, &mut dice, count),
        }
        desk.options.drafts = false;
        put(manual.root(), &desk, &mut dice);
    }
    sites
}

#[test]
fn after_two_hundred_steps_of_a_small_manual_what_is_served_is_what_is_built() {
    let steps = std::env::var("STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(200);
    let sites = day(Desk::plain(3, 5), 7, steps);
    assert!(sites > steps / 2, "only {sites} of {steps} steps had a site");
}

#[test]
fn after_a_day_with_every_component_what_is_served_is_what_is_built() {
    let sites = day(Desk::of("tests/kitchen-sink"), 11, 25);
    assert!(sites > 12, "only {sites} steps had a site");
}
