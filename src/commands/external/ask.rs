//! An address to what its site answers. The only module that knows the HTTP library.

use std::time::Duration;

use ureq::{Agent, Error};

use crate::commands::external::answers::Answer;

/// How long a site may take, with all the places that it sends us to.
const PATIENCE: Duration = Duration::from_secs(20);
const USER_AGENT: &str =
    concat!("seedbed/", env!("CARGO_PKG_VERSION"), " (checks the links of a document collection)");

/// What asks.
pub(super) struct Client(Agent);

impl Client {
    pub(super) fn new() -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .user_agent(USER_AGENT)
            .http_status_as_error(false);
        Client(config.build().new_agent())
    }

    /// Asks for the head of a page; for the page itself where a site does not care for such questions.
    pub(super) fn ask(&self, url: &str) -> Answer {
        let head = answer(self.0.head(url).call().map(|it| it.status().as_u16()));
        match head {
            Answer::Status(400..) => answer(self.0.get(url).call().map(|it| it.status().as_u16())),
            head => head,
        }
    }
}

fn answer(result: Result<u16, Error>) -> Answer {
    match result {
        Ok(code) => Answer::Status(code),
        Err(Error::HostNotFound) => Answer::NoHost,
        Err(Error::Timeout(_)) => Answer::Nothing("its site does not answer in time".to_owned()),
        Err(Error::TooManyRedirects) => {
            Answer::Nothing("its site sends the reader round in circles".to_owned())
        }
        Err(error) => Answer::Nothing(error.to_string()),
    }
}
