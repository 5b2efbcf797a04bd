//! What a command says, to the streams that it says it to.

use std::error::Error;
use std::io::{self, IsTerminal, Write};

use crate::report::Color;

/// Standard output for what was asked for, standard error for what is said about it.
pub struct Console {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    /// Whether what was asked for may be coloured.
    pub out_color: Color,
    /// Whether what is said about it may be coloured.
    pub err_color: Color,
}

impl Console {
    /// The streams of this program.
    pub fn standard() -> Self {
        Console {
            out_color: color(&io::stdout()),
            err_color: color(&io::stderr()),
            out: Box::new(io::stdout()),
            err: Box::new(io::stderr()),
        }
    }

    /// Streams that a test reads.
    pub fn of(out: impl Write + Send + 'static, err: impl Write + Send + 'static) -> Self {
        Console {
            out: Box::new(out),
            err: Box::new(err),
            out_color: Color::Plain,
            err_color: Color::Plain,
        }
    }

    /// Writes what was asked for. A reader that has heard enough (`| head`) is no failure.
    pub fn print(&mut self, text: &str) {
        let _heard_enough = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    /// Writes a part of what was asked for; false if nobody reads on.
    pub fn pass(&mut self, part: &[u8]) -> io::Result<bool> {
        match self.out.write_all(part).and_then(|()| self.out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            written => written.map(|()| true),
        }
    }

    /// Writes something about it.
    pub fn say(&mut self, text: &str) {
        let _nobody_listens = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Says why a command could not run, with every cause.
    pub fn fail(&mut self, failure: &dyn Error) {
        let mut text = format!("error: {failure}\n");
        let mut cause = failure.source();
        while let Some(error) = cause {
            text.extend(["  because: ", &error.to_string(), "\n"]);
            cause = error.source();
        }
        self.say(&text);
    }
}

/// <https://no-color.org>: set and not empty means no.
fn color(stream: &impl IsTerminal) -> Color {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    if stream.is_terminal() && !unwanted { Color::Ansi } else { Color::Plain }
}
