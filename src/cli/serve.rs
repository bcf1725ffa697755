//! `casebook serve`.

use super::report::{self, could_not_run, counted};
use super::{MessageFormat, Outcome, ReportArgs, SiteArgs, Verbosity, threads};
use crate::diagnostic::{Code, Diagnostic};
use crate::serve::{self, Bound, Followed, Locate, Preview};
use clap::Args;
use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Instant;

/// Threads that a preview needs, with some to spare.
const THREADS: usize = 32;

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    site: SiteArgs,

    /// Follow changes of documents, theme and settings, and show them at once
    #[arg(short, long)]
    watch: bool,

    /// Port to listen on, 0 for any [default: 1111, or the next that is free]
    #[arg(short, long)]
    port: Option<u16>,

    /// Address of the network interface to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), alias = "bind")]
    interface: IpAddr,

    /// Answer to this host too, as a proxy or forwarded port may name it; repeatable
    #[arg(long, value_name = "NAME", value_parser = serve::host_name)]
    allow_host: Vec<String>,

    /// Open the preview in the browser
    #[arg(short = 'O', long)]
    open: bool,

    /// Follow changes by looking every half second, for disks that tell of none
    #[arg(long)]
    poll: bool,

    #[command(flatten)]
    verbosity: Verbosity,
}

/// Serves until it is interrupted; nothing is held that an interrupt could harm.
pub fn run(args: &ServeArgs) -> Outcome {
    let started = Instant::now();
    let (project, diagnostics) = match report::project(&args.site, &args.report()) {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    if !threads::are_left(THREADS) {
        return could_not_run(
            "cannot serve: the system gives no more threads",
            Some("raise the limit of processes"),
        );
    }
    let follows = args.watch || args.poll;
    let preview = Arc::new(Preview::new(locate(&args.site), project.clone().absolute(), diagnostics));
    let mut teller = Teller { report: args.report(), told: HashSet::new() };
    if !follows && preview.site().is_without_documents() {
        teller.tell(&preview);
        return report::no_document(&project, preview.site().coverage());
    }
    let mut bound = match serve::bind(args.interface, args.port) {
        Ok(bound) => bound,
        Err(error) => return cannot_bind(args, &error),
    };
    bound.listening.hosts.clone_from(&args.allow_host);
    teller.tell(&preview);
    greet(args, &bound, &preview, started);
    if follows {
        let (preview, poll) = (preview.clone(), args.poll);
        std::thread::spawn(move || {
            serve::follow(&preview, poll, &mut |preview, followed| teller.hear(preview, followed))
        });
    }
    // Whoever connects from now on waits in line until requests are answered.
    if args.open && open::that_detached(url(&bound, &preview)).is_err() {
        report::say(&format!("no browser could be opened; the preview is at {}\n", url(&bound, &preview)));
    }
    match serve::serve(&bound, preview) {
        Ok(()) => Outcome::Fine,
        Err(error) => could_not_run(&format!("cannot serve: {error}"), None),
    }
}

fn cannot_bind(args: &ServeArgs, error: &io::Error) -> Outcome {
    match args.port {
        Some(port) if error.kind() == io::ErrorKind::AddrInUse => could_not_run(
            &format!("port {port} is in use"),
            Some("name another with `--port`, or leave it out to take the next one that is free"),
        ),
        _ => could_not_run(&format!("cannot listen on {}: {error}", args.interface), None),
    }
}

/// The site is found again after each change of its settings, with the same overrides.
fn locate(site: &SiteArgs) -> Locate {
    let site = site.clone();
    Box::new(move || {
        let found = report::find_project(&site).map(|(project, settings)| (project.absolute(), settings));
        found.map_err(|(message, help)| {
            let diagnostic = Diagnostic::new(Code::Unreadable, message);
            Box::new(Diagnostic { help: help.map(str::to_owned), ..diagnostic })
        })
    })
}

fn greet(args: &ServeArgs, bound: &Bound, preview: &Preview, started: Instant) {
    if !args.interface.is_loopback() {
        report::say(&format!("warning: everyone who can reach {} can read this archive\n", args.interface));
    }
    if args.verbosity.quiet {
        return;
    }
    let port = bound.listening.port;
    if args.port.is_none() && port != serve::PORT {
        report::say(&format!("port {} is in use, so this is port {port}\n", serve::PORT));
    }
    let site = preview.site();
    let documents = counted(site.documents(), "document");
    let seconds = started.elapsed().as_secs_f64();
    let not_shown = report::not_shown(&site, args.verbosity);
    report::print(&format!("{documents} in {seconds:.2} s: {}\n{not_shown}", url(bound, preview)));
}

fn url(bound: &Bound, preview: &Preview) -> String {
    let listening = &bound.listening;
    let host = match listening.interface {
        interface if interface.is_unspecified() => "localhost".to_owned(),
        IpAddr::V6(interface) => format!("[{interface}]"),
        IpAddr::V4(interface) => interface.to_string(),
    };
    format!("http://{host}:{}{}", listening.port, preview.base_path())
}

/// Prints diagnostics as they come up; what was told and still holds is not told again.
struct Teller {
    report: ReportArgs,
    told: HashSet<Diagnostic>,
}

impl Teller {
    fn hear(&mut self, preview: &Preview, followed: Followed) {
        match followed {
            Followed::Changed => self.tell(preview),
            Followed::Polling => {
                report::say("this folder cannot be watched, so it is looked at every half second\n")
            }
        }
    }

    fn tell(&mut self, preview: &Preview) {
        let all = preview.diagnostics();
        let new = all.iter().filter(|diagnostic| !self.told.contains(diagnostic)).cloned().collect();
        report::print_diagnostics(new, &preview.config(), &self.report);
        self.told = all.into_iter().collect();
    }
}

impl ServeArgs {
    fn report(&self) -> ReportArgs {
        ReportArgs { message_format: MessageFormat::Human, strict: false, verbosity: self.verbosity }
    }
}
