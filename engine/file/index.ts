/** Flow files: read, write, check, migrate. */
export {}
