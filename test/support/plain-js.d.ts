/** The scripts below `bench/` are plain JavaScript: what a test imports from them is `any`. */
declare module '*.js';
