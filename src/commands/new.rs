//! A title to a document that has it.

use crate::cli::New;
use crate::commands::console::Console;
use crate::commands::load::{Request, configuration};
use crate::commands::{Failure, Verdict};
use crate::pipeline::write::files::{Existing, Written, write};
use crate::vocabulary::slug;

/// Writes the document and says where it is.
pub(super) fn run(args: &New, console: &mut Console) -> Result<Verdict, Failure> {
    let config = configuration(&Request { dir: args.dir.clone(), ..Request::default() })?;
    let date = args.date.as_deref().map_or(Ok(String::new()), dated)?;
    let name = [date.as_str(), &slug(&args.title)]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let path = args.dir.join(&config.seeds).join(format!("{name}.md"));
    let title = serde_json::Value::from(args.title.as_str());
    let date =
        if date.is_empty() { "# date: 2024-03-05".to_owned() } else { format!("date: {date}") };
    let text = format!("---\ntitle: {title}\n{date}\ndraft: true\n---\n\n");
    match write(&path, text.as_bytes(), Existing::Keep)? {
        Written::Yes => console.print(&format!("{}\n", path.display())),
        Written::Kept => return Err(Failure::Exists(path)),
    }
    Ok(Verdict::Clean)
}

/// A date in the form that front matter takes.
fn dated(text: &str) -> Result<String, Failure> {
    let parts: Vec<_> = text.split('-').collect();
    let digits = parts.iter().all(|it| it.bytes().all(|b| b.is_ascii_digit()));
    let number = |at: usize| parts.get(at).and_then(|it| it.parse::<i8>().ok());
    let whole = match parts.as_slice() {
        [year] => year.len() == 4,
        [year, month] => {
            year.len() == 4
                && month.len() == 2
                && number(1).is_some_and(|it| (1..=12).contains(&it))
        }
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            let date = (year.parse().ok(), number(1), number(2));
            matches!(date, (Some(y), Some(m), Some(d)) if jiff::civil::Date::new(y, m, d).is_ok())
        }
        _ => false,
    };
    if whole && digits { Ok(text.to_owned()) } else { Err(Failure::Date(text.to_owned())) }
}
