/** Which network is trained on what: a preset, a seed, and every other setting, each with what the schema says of it. */

import type { ConfigIssue } from 'grokscope';
import type { Lab } from '../state/lab.ts';
import { withSetting } from './changed-settings.ts';
import { presetOf, presets } from './presets.ts';
import { type SettingField, type SettingSection, settingSections } from './setting-fields.ts';
import { SettingInput } from './setting-input.tsx';
import { withoutOverrides } from './written-settings.ts';

/** Settings that everybody changes stand outside the sections. */
const prominent = ['seed'];

export function SettingsForm({ lab }: { lab: Lab }) {
  const { preset, overrides, recorded } = lab.settings.value;
  const { experiment, issues, notices } = lab.draft.value;
  const sections = settingSections(experiment);
  const isProminent = ({ path }: SettingField) => prominent.includes(path.join('.'));
  const rest = (section: SettingSection) => section.fields.filter((field) => !isProminent(field));
  const unplaced = issues.filter(
    ({ path }) => !sections.some(({ fields }) => fields.some((field) => isAt(field, path))),
  );
  return (
    <form class="settings" onSubmit={(event) => event.preventDefault()}>
      <div class="setting">
        <label for="preset">Preset</label>
        <select
          id="preset"
          value={recorded === undefined ? preset : ''}
          onChange={({ currentTarget }) => lab.choosePreset(currentTarget.value)}
        >
          {recorded !== undefined && <option value="">run {preset}</option>}
          {presets.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {recorded === undefined ? (
        <PresetWords preset={preset} />
      ) : (
        <p>The settings of the recorded run {preset}; what you change is for its forks.</p>
      )}
      {sections
        .flatMap(({ fields }) => fields.filter(isProminent))
        .map((field) => (
          <SettingRow key={field.path.join('.')} lab={lab} field={field} />
        ))}
      {unplaced.map(({ message, suggestion }) => (
        <p key={message} class="fault" role="alert">
          {message}
          {suggestion !== null && `; ${suggestion}`}
        </p>
      ))}
      {notices.map((notice) => (
        <p key={notice} class="notice">
          {notice}
        </p>
      ))}
      <h2>All settings</h2>
      {overrides.length > 0 && (
        <p>
          <button type="button" onClick={() => lab.setSettings(withoutOverrides(lab.settings.value))}>
            Back to the {recorded === undefined ? 'preset' : 'recorded run'} ({overrides.length} changed)
          </button>
        </p>
      )}
      {sections
        .filter((section) => rest(section).length > 0)
        .map((section) => (
          <details key={section.name}>
            <summary>{section.name}</summary>
            {section.about !== '' && <p class="muted">{section.about}</p>}
            {rest(section).map((field) => (
              <SettingRow key={field.path.join('.')} lab={lab} field={field} />
            ))}
          </details>
        ))}
    </form>
  );
}

function PresetWords({ preset }: { preset: string }) {
  const { description, remarks, takes } = presetOf(preset);
  const command = takes === '' ? '' : `Takes ${takes} on the command line.`;
  return (
    <>
      <p>{description}</p>
      <p class="muted">{[remarks, command].join(' ').trim()}</p>
    </>
  );
}

function isAt({ path }: SettingField, at: ConfigIssue['path']): boolean {
  return path.every((key, depth) => key === at[depth]);
}

function SettingRow({ lab, field }: { lab: Lab; field: SettingField }) {
  const { experiment, issues } = lab.draft.value;
  const settings = lab.settings.value;
  const issue = issues.find(({ path }) => isAt(field, path));
  return (
    <SettingInput
      field={field}
      experiment={experiment}
      settings={settings}
      issue={issue}
      change={(text) => lab.setSettings(withSetting(settings, field.path, text))}
    />
  );
}
