//! Numbers by year or month to a bar chart: an SVG in which each bar is a link.

use crate::pipeline::render::html::Html;

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    /// What stands under it.
    pub(crate) label: String,
    /// How high it is.
    pub(crate) count: usize,
    /// Label and number as a sentence, for those who hear the chart.
    pub(crate) title: String,
    /// Where it leads; empty if nowhere.
    pub(crate) href: String,
}

const WIDTH: f32 = 680.0;
const HEIGHT: f32 = 150.0;
const FLOOR: f32 = 118.0;
const TALLEST: f32 = 96.0;
/// How many labels have room side by side on a phone, where type is larger in proportion.
const FITTING: usize = 12;
/// About how many bytes a bar takes.
const BAR: usize = 320;
/// More bars than this have no number above them.
const NUMBERED: usize = 30;
/// With more bars than this there is no room for numbers on a phone.
const NUMBERED_ON_PHONES: usize = 12;

/// Draws the bars; `title` says what they count. Nothing is drawn of fewer than two.
pub(crate) fn chart(bars: &[Bar], title: &str) -> Html {
    if bars.len() < 2 {
        return Html::default();
    }
    let mut html = Html::with_room((bars.len() + 1) * BAR);
    let width = WIDTH / bars.len() as f32;
    let most = bars.iter().map(|it| it.count).max().unwrap_or(1).max(1) as f32;
    let every = bars.len().div_ceil(FITTING);
    let class = if bars.len() > NUMBERED_ON_PHONES { "chart many" } else { "chart" };
    html.raw("<figure")
        .attribute("class", class)
        .raw("><figcaption>")
        .text(title)
        .raw("</figcaption>");
    html.raw("<svg viewBox=\"0 0 680 150\" role=\"group\"").attribute("aria-label", title).raw(">");
    for (at, bar) in bars.iter().enumerate() {
        // Labels count from the newest, which is at the end.
        let labelled = (bars.len() - 1 - at).is_multiple_of(every);
        let place =
            Place { left: width * at as f32, width, height: bar.count as f32 / most * TALLEST };
        draw(&mut html, bar, &place, Labels { under: labelled, over: bars.len() <= NUMBERED });
    }
    html.raw("<path class=\"base\" d=\"M0 118.5H680\"/></svg></figure>\n");
    html
}

struct Place {
    left: f32,
    width: f32,
    height: f32,
}

#[derive(Clone, Copy)]
struct Labels {
    under: bool,
    over: bool,
}

fn draw(html: &mut Html, bar: &Bar, place: &Place, labels: Labels) {
    let middle = place.left + place.width / 2.0;
    let gap = (place.width * 0.12).min(4.0);
    let height = if bar.count == 0 { 0.0 } else { place.height.max(1.5) };
    if bar.href.is_empty() {
        html.raw("<g>");
    } else {
        html.raw("<a").attribute("href", &bar.href).attribute("aria-label", &bar.title).raw(">");
        // The whole column can be hit, not the bar alone.
        html.raw("<path class=\"hit\" d=\"M").tenths(place.left).raw(" 0h").tenths(place.width);
        html.raw("v").tenths(HEIGHT).raw("h-").tenths(place.width).raw("z\"/>");
    }
    if height > 0.0 {
        html.raw("<rect class=\"bar\" x=\"")
            .tenths(place.left + gap)
            .raw("\" y=\"")
            .tenths(FLOOR - height);
        html.raw("\" width=\"")
            .tenths(place.width - 2.0 * gap)
            .raw("\" height=\"")
            .tenths(height)
            .raw("\"/>");
    }
    // What is written comes in the order in which it is said.
    if labels.under {
        html.raw("<text x=\"").tenths(middle).raw("\" y=\"140\">").text(&bar.label).raw("</text> ");
    }
    if labels.over && bar.count > 0 {
        html.raw("<text class=\"v\" x=\"")
            .tenths(middle)
            .raw("\" y=\"")
            .tenths(FLOOR - height - 6.0);
        html.raw("\">").number(bar.count).raw("</text>");
    }
    html.raw(if bar.href.is_empty() { "</g>" } else { "</a>" });
}

/// The years from first to last, those without anything too, unless that makes a chart nobody can read.
pub(crate) fn span(years: &[i16]) -> Vec<i16> {
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else {
        return Vec::new();
    };
    if last - first <= 60 {
        return (*first..=*last).collect();
    }
    let mut years = years.to_vec();
    years.sort_unstable();
    years.dedup();
    years
}

#[cfg(test)]
mod tests {
    use super::{Bar, chart, span};

    #[test]
    fn one_bar_is_no_chart_and_every_bar_that_counts_is_a_link() {
        let bar = |label: &str, count| Bar {
            label: label.into(),
            count,
            title: format!("{label}: {count}"),
            href: if count > 0 { "#x".into() } else { String::new() },
        };
        assert_eq!(chart(&[bar("2019", 3)], "By year").0, "");
        let html = chart(&[bar("2018", 0), bar("2019", 3)], "By <year>").0;
        assert_eq!(html.matches("<a ").count(), 1);
        assert!(html.contains("By &lt;year&gt;"), "{html}");
    }

    #[test]
    fn short_spans_show_their_gaps() {
        assert_eq!(span(&[2019, 2016]), [2016, 2017, 2018, 2019]);
        assert_eq!(span(&[2019, 1850]), [1850, 2019]);
    }
}
