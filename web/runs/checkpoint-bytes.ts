/** The bytes of a checkpoint, which a worker gets as a file or by its address. */

/** @throws Error with the end of a sentence about the checkpoint */
export async function bytesOf(contents: Blob | string): Promise<ArrayBuffer> {
  if (contents instanceof Blob) return contents.arrayBuffer();
  const response = await fetch(contents);
  if (!response.ok) throw new Error('it is not there any more');
  return response.arrayBuffer();
}
