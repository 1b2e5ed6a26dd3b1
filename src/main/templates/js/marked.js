/** Markdown for the guide, as a WebJar has it. The build puts in the version. */
export * from '../webjars/marked/${marked.version}/lib/marked.esm.js';
