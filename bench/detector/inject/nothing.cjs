// Counts requests and injects nothing: what every baseline carries, so that the hook costs both arms the same.
const { atEachRequest } = require('./requests.cjs');

atEachRequest(() => {});
