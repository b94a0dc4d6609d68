/** One setting of the form: its name, its input, what it is, and what is wrong with it. */

import type { ConfigIssue, Experiment } from 'grokscope';
import { overrideAt, valueIn, writtenValue } from './changed-settings.ts';
import type { SettingField } from './setting-fields.ts';
import type { WrittenSettings } from './written-settings.ts';

export interface SettingInputProps {
  readonly field: SettingField;
  /** What the settings mean, or meant last. */
  readonly experiment: Experiment;
  readonly settings: WrittenSettings;
  readonly issue: ConfigIssue | undefined;
  /** Told the new value in YAML; an empty text takes the setting back. */
  readonly change: (text: string) => void;
}

export function SettingInput(props: SettingInputProps) {
  const { field, issue, settings } = props;
  const key = field.path.join('.');
  const isChanged = overrideAt(settings, field.path) !== undefined;
  const { kind } = field.kind;
  return (
    <div class={isChanged ? 'setting changed' : 'setting'}>
      {kind === 'several' ? (
        <span id={`label-${key}`}>{key}</span>
      ) : (
        <label for={key}>
          {key}
          {isChanged && <span class="visually-hidden"> (changed)</span>}
        </label>
      )}
      <Input {...props} />
      <p id={`about-${key}`} class="muted">
        {field.about}
      </p>
      {issue !== undefined && (
        <p id={`issue-${key}`} class="fault" role="alert">
          {issue.message}
          {issue.suggestion !== null && `; ${issue.suggestion}`}
        </p>
      )}
    </div>
  );
}

function Input({ field, experiment, settings, issue, change }: SettingInputProps) {
  const key = field.path.join('.');
  const value = valueIn(experiment, field.path);
  const described = {
    id: key,
    'aria-describedby': `about-${key}${issue === undefined ? '' : ` issue-${key}`}`,
    'aria-invalid': issue !== undefined,
  };
  // What is wrong is shown as it was written; everything else as it is understood.
  const written = issue === undefined ? undefined : overrideAt(settings, field.path);
  const { kind } = field;
  switch (kind.kind) {
    case 'choice':
      return (
        <select
          {...described}
          value={String(value)}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        >
          {kind.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      );
    case 'switch':
      return (
        <input
          {...described}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => change(String(currentTarget.checked))}
        />
      );
    case 'number':
      return (
        <input
          {...described}
          type="number"
          step={kind.whole ? 1 : 'any'}
          min={kind.least}
          max={kind.most}
          placeholder={kind.optional ? 'none' : undefined}
          value={written ?? (value === null || value === undefined ? '' : String(value))}
          onChange={({ currentTarget }) => {
            change(currentTarget.value === '' && kind.optional ? 'null' : currentTarget.value);
          }}
        />
      );
    case 'several':
      return (
        <fieldset aria-labelledby={`label-${key}`} class="several">
          {kind.options.map((option) => {
            const chosen = Array.isArray(value) ? value : [];
            const others = chosen.filter((one) => one !== option);
            return (
              <label key={option}>
                <input
                  type="checkbox"
                  checked={chosen.includes(option)}
                  onChange={({ currentTarget }) =>
                    change(JSON.stringify(currentTarget.checked ? [...others, option] : others))
                  }
                />
                {option}
              </label>
            );
          })}
        </fieldset>
      );
    case 'text':
      return (
        <input
          {...described}
          type="text"
          value={written ?? writtenValue(value)}
          onChange={({ currentTarget }) => change(currentTarget.value.trim())}
        />
      );
  }
}
