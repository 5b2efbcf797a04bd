//! Many short lists to one long one: a list of its own for each of a hundred thousand names would cost more than what is in it.

/// Lists of numbered things, one behind the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rows<T> {
    /// Where each row begins, and where the last ends.
    begins: Vec<u32>,
    all: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows { begins: vec![0], all: Vec::new() }
    }
}

impl<T: Copy + Default> Rows<T> {
    /// Room for so many rows with so many things together.
    pub(crate) fn with_capacity(rows: usize, things: usize) -> Self {
        let mut begins = Vec::with_capacity(rows + 1);
        begins.push(0);
        Rows { begins, all: Vec::with_capacity(things) }
    }

    /// Things by their rows, in each row as they come.
    pub(crate) fn sorted(rows: usize, things: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut begins = vec![0u32; rows + 1];
        for (row, _) in things.clone() {
            begins[row as usize + 1] += 1;
        }
        for at in 0..rows {
            begins[at + 1] += begins[at];
        }
        let mut next = begins.clone();
        let mut all = vec![T::default(); begins[rows] as usize];
        for (row, thing) in things {
            let place = &mut next[row as usize];
            all[*place as usize] = thing;
            *place += 1;
        }
        Rows { begins, all }
    }

    /// Adds a thing to the row that is not ended yet.
    pub(crate) fn push(&mut self, thing: T) {
        self.all.push(thing);
    }

    /// Ends a row.
    pub(crate) fn end(&mut self) {
        self.begins.push(self.all.len() as u32);
    }

    /// The same with other things in some rows, which are in ascending order.
    pub(crate) fn with(&self, rows: &[(u32, Vec<T>)]) -> Self {
        let mut new = Rows::with_capacity(self.begins.len() - 1, self.all.len());
        let mut changed = rows.iter().peekable();
        for (at, row) in (0u32..).zip(self.rows()) {
            let other = changed.next_if(|it| it.0 == at);
            new.all.extend_from_slice(other.map_or(row, |it| &it.1));
            new.end();
        }
        new
    }

    /// The things of row `at`.
    pub(crate) fn row(&self, at: usize) -> &[T] {
        &self.all[self.begins[at] as usize..self.begins[at + 1] as usize]
    }

    /// Every row, in order.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = &[T]> + Clone {
        self.begins.windows(2).map(|it| &self.all[it[0] as usize..it[1] as usize])
    }

    /// Other things in the same rows.
    pub(crate) fn map<U>(&self, other: impl FnMut(&T) -> U) -> Rows<U> {
        Rows { begins: self.begins.clone(), all: self.all.iter().map(other).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn things_stand_in_their_rows_as_they_come() {
        let things = [(2, 'a'), (0, 'b'), (2, 'c'), (0, 'd')];
        let rows = Rows::sorted(4, things.into_iter());
        let all: Vec<&[char]> = rows.rows().collect();
        assert_eq!(all, [&['b', 'd'][..], &[], &['a', 'c'], &[]]);
        let mut same = Rows::with_capacity(4, 4);
        for row in all {
            row.iter().for_each(|it| same.push(*it));
            same.end();
        }
        assert_eq!(rows, same);
        assert_eq!(rows.map(|it| *it == 'c').row(2), [false, true]);
        let other = rows.with(&[(1, vec!['e']), (2, Vec::new())]);
        let all: Vec<&[char]> = other.rows().collect();
        assert_eq!(all, [&['b', 'd'][..], &['e'], &[], &[]]);
    }
}
