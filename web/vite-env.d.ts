/// <reference types="vite/client" />

/** Of the package, put in when the lab is built. */
declare const GROKSCOPE_VERSION: string;
