/** A resolved experiment as YAML: what a run directory keeps as config.yaml. Reading it again gives the same experiment. */
import { Document, isSeq, visit } from 'yaml';
import { type Experiment, experimentSchemas } from './experiment.ts';

/** Keys stand in the order of the schema. */
export function toYaml(experiment: Experiment): string {
  const document = new Document(experimentSchemas[experiment.task].parse(experiment));
  visit(document, (_, node) => {
    if (isSeq(node)) node.flow = true;
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
