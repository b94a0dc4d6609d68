/** Names for summation indices: each label is one axis of a sum of products, with its extent. */

export type Label = number;

export class Labels {
  private readonly extents: number[] = [];

  fresh(extent: number): Label {
    return this.extents.push(extent) - 1;
  }

  extent(label: Label): number {
    return this.extents[label] as number;
  }

  size(labels: Iterable<Label>): number {
    let size = 1;
    for (const label of labels) size *= this.extent(label);
    return size;
  }
}
