//! How pages of other kinds are called.

use crate::source::LeftOut;

/// A kind of page with the words of its title. `*` ends a word that may go on.
pub(super) struct Genre {
    pub reason: LeftOut,
    pub titles: &'static [&'static str],
}

#[rustfmt::skip]
pub(super) const GENRES: &[Genre] = &[
    Genre { reason: LeftOut::Template, titles: &[
        "template", "templates", "plantilla", "vorlage", "mustervorlage", "modèle de rapport", "modèle de post mortem", "modelo de postmortem",
        "modelo de relatório", "sjabloon", "szablon", "шаблон", "şablon", "模板", "模版", "範本", "テンプレート", "雛形", "ひな形", "템플릿", "양식",
        "example output", "examples", "example postmortem", "sample postmortem", "sample report", "formulario de incidente",
        "formulário de incidente",
    ] },
    Genre { reason: LeftOut::Meeting, titles: &[
        "meeting", "meetings", "minutes", "workshop", "agenda", "standup", "stand up", "office hours", "reunión",
        "réunion", "reunião", "sitzung", "protokoll", "besprechung",
    ] },
    Genre { reason: LeftOut::PeriodicReport, titles: &[
        "weekly report", "weekly operations report", "monthly report", "monthly operations report", "quarterly report",
        "annual report", "operations report", "status report", "weekly update", "monthly update", "newsletter",
        "transparency report", "availability report", "uptime report", "monatsbericht", "wochenbericht",
        "rapport mensuel", "informe mensual", "relatório mensal",
    ] },
    Genre { reason: LeftOut::Retrospective, titles: &[
        "project retrospective", "sprint retrospective", "team retrospective", "retrospective for sprint", "sprint review",
        "quarterly retrospective", "year in review", "projektrückblick", "rétrospective de sprint",
        "retrospectiva del sprint", "retrospectiva da sprint", "retrospectiva do projeto",
    ] },
    Genre { reason: LeftOut::ReleaseNotes, titles: &[
        "release notes", "change log", "changelog", "what s new", "patch notes", "notes de version",
        "notas de la versión", "notas de versão", "versionshinweise",
    ] },
    Genre { reason: LeftOut::Plan, titles: &[
        "budget", "roadmap", "proposal", "pitch", "rfc", "spending plan", "project plan", "action plan", "okrs",
        "design doc", "design document", "design proposal", "technical design", "architecture decision", "adr", "presupuesto", "orçamento", "haushaltsplan",
    ] },
    Genre { reason: LeftOut::Maintenance, titles: &[
        "planned maintenance", "planned network maintenance", "scheduled maintenance", "upcoming maintenance",
        "maintenance window", "maintenance announcement", "maintenance notice", "maintenance on", "upcoming downtime",
        "wartungsarbeiten", "wartungsankündigung", "will be down", "will be unavailable",
        "will be offline", "planned downtime", "planned outage", "scheduled downtime", "geplante wartung",
        "maintenance planifiée", "mantenimiento programado", "manutenção programada",
    ] },
    Genre { reason: LeftOut::Work, titles: &[
        "install", "installation", "installing", "setup", "set up", "setting up", "installationsanleitung", "einrichtung", "mise en place",
        "instalación", "instalação",
    ] },
    Genre { reason: LeftOut::Process, titles: &[
        "process", "policy", "guide", "guideline*", "playbook", "handbook", "handbuch", "procedure*", "how to",
        "runbook", "checklist", "rubric", "severity levels", "severity definitions", "processo", "proceso",
        "processus", "prozess", "verfahren", "leitfaden", "richtlinie", "handleiding", "commands", "best practices",
        "lessons from", "postmortems", "post mortems", "troubleshooting", "recovery guide", "halt recovery", "gestion des incidents",
        "gestión de incidentes", "gestão de incidentes", "gestione degli incidenti", "störungsmanagement", "procédures", "dépannage",
        "fehlerbehebung", "руководство", "регламент", "порядок действий", "장애 대응", "가이드", "트러블슈팅", "체크리스트", "매뉴얼", "대응 절차", "障害対応",
        "手順書", "チェックリスト", "トラブルシューティング", "ガイド", "マニュアル", "应急响应", "应急手册", "处理流程", "事故管理", "操作手册", "指南",
    ] },
];

/// What the file names of templates begin or end with.
pub(super) const TEMPLATE_NAMES: &[&str] = &["template", "plantilla", "modelo", "vorlage"];

/// Titles that name a collection and no incident.
#[rustfmt::skip]
pub(super) const COLLECTIONS: &[&str] = &[
    "incidents", "postmortems", "post mortems", "past incidents", "incident reports", "incident archive", "outages",
    "incident log", "incident history", "all incidents", "incidentes", "vorfälle", "инциденты", "инциденты архив",
    "index of incidents", "incident index", "service outages",
];

/// Titles of pages about how incidents are handled, whatever sections they explain.
#[rustfmt::skip]
pub(super) const PROCESSES: &[&str] = &[
    "postmortem process", "post mortem process", "incident process", "incident management", "problem management",
    "incident response plan", "incident response process", "processo de postmortem", "processo de incidentes",
    "proceso de postmortem", "gestión de incidentes", "gestão de incidentes", "postmortem prozess",
    "incident response guide", "on call guide", "postmortem guide", "how we handle incidents",
    "how we run incident*", "how we run postmortem*", "how we run post mortem*", "how we do incident*", "how we do postmortem*",
    "how we review incidents", "how we respond to incidents", "running a postmortem", "running postmortems", "running incident reviews",
    "writing postmortems", "write postmortems", "writing a postmortem", "write a postmortem", "writing post mortems",
    "writing good postmortems", "write good postmortems", "writing incident reports", "postmortem writing",
    "postmortem culture", "postmortem best practices", "postmortem guidelines", "postmortem policy",
];

/// How headings begin that tell what to do.
#[rustfmt::skip]
pub(super) const INSTRUCTIONS: &[&str] = &[
    "what to do", "how to", "when to write", "when to create", "how to write", "quando criar", "cuándo crear",
    "wann wird", "quand créer", "response expectations",
];

/// How lines begin that tell an author what to write.
#[rustfmt::skip]
pub(super) const WRITE: &[&str] = &[
    "describe", "explain", "identify", "reconstruct", "summarize", "summarise", "specify", "outline", "write", "briefly", "provide", "state",
    "décrivez", "décrire", "expliquez", "expliquer", "indiquez", "précisez", "détaillez", "détailler", "illustrer", "listez", "résumez",
    "describa", "describir", "explique", "explica", "indique", "detalle", "resuma", "enumere", "descreva", "descrever", "detalhe", "liste",
    "beschreiben", "beschreibe", "erläutern", "erkläre", "erklären", "nennen", "descrivi", "descrivere", "spiega", "spiegare", "elenca",
    "beschrijf", "omschrijf", "leg", "beskriv", "förklara", "forklar", "opisz", "wyjaśnij", "podaj", "опишите", "укажите", "объясните",
    "перечислите", "açıklayın", "yazın", "jelaskan", "tuliskan", "uraikan",
];
