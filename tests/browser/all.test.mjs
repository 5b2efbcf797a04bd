// Everything in one process, for the sites take longer to build than to look at.
import './site.test.mjs';
import './search-page.test.mjs';
import './reader.test.mjs';
