/** From a document of the repository to its page beside the lab (scripts/lab-documents.mjs makes them). */

export interface DocumentLink {
  readonly address: string;
  /** The document and its section. */
  readonly words: string;
}

/** @param document `docs/measures.md#spectrum` */
export function documentLink(document: string): DocumentLink {
  const [, name = '', , anchor = ''] = /^docs\/([\w-]+)\.md(#(.+))?$/.exec(document) ?? [];
  const section = anchor === '' ? '' : `: ${anchor.replaceAll('-', ' ')}`;
  return {
    address: `docs/${name}.html${anchor === '' ? '' : `#${anchor}`}`,
    words: `${name}${section}`,
  };
}
