/**
 * One setting of a module as a section of the settings page. What the server finds wrong with a value within the setting appears at its field.
 *
 *   <SettingSection stored={of('cases.patience')} title={…} about={…} fields={[…]} />
 *   <SettingSection stored={of('cases.queue')} shown={flatValue} meant={nestedValue} … />      fields named `tierHeadStart.gold`
 */
import { type ReactNode, useMemo, useState } from 'react'
import { api as organization } from '#modules/organization/api.ts'
import { Problem, type ResultOf } from './client.ts'
import { type Field, Form } from './form.tsx'
import { useNotice } from './notice.tsx'
import { Section } from './page.tsx'
import { useWrite } from './use-endpoint.ts'
import { useWords } from './words.ts'

export type StoredSetting = ResultOf<typeof organization.settings>['settings'][number]

/** Saves a setting as a whole; its problem speaks of fields as the setting's value names them. */
export function useSetting(stored: StoredSetting, options: { readonly done?: string; readonly alsoChanges?: readonly string[] } = {}) {
  const ui = useWords('ui')
  const notice = useNotice()
  const { done, alsoChanges = [] } = options
  const write = useWrite(organization.changeSetting, { onDone: () => notice.done(done ?? ui('saved')), alsoChanges })
  const problem = useMemo(() => write.problem && withinValue(write.problem), [write.problem])
  return { ...write, problem, save: (value: unknown) => write.send({ key: stored.key, version: stored.version, value }) }
}

function withinValue(problem: Problem): Problem {
  const { status, reason, message, module, fields, values, request } = problem
  const inner = fields.map((field) => ({ ...field, field: field.field.replace(/^value\./, '') }))
  return new Problem({ status, reason, detail: message, module }, { fields: inner, values, request })
}

export interface SettingSectionProps<V extends object> {
  readonly stored: StoredSetting | undefined
  readonly title: string
  readonly about: string
  readonly fields: readonly Field<V>[]
  readonly columns?: 1 | 2 | 3
  /** What the fields hold for a value of the setting, and the other way round; left out where they are the same. */
  readonly shown?: (value: unknown) => V
  readonly meant?: (values: V) => unknown
  /** What would come of what is typed, before it is saved. */
  readonly preview?: (values: V) => ReactNode
  readonly alsoChanges?: readonly string[]
}

export function SettingSection<V extends object>({ stored, ...rest }: SettingSectionProps<V>) {
  return stored ? <OfSetting stored={stored} {...rest} /> : null
}

function OfSetting<V extends object>(props: SettingSectionProps<V> & { readonly stored: StoredSetting }) {
  const { stored, title, about, fields, columns = 2, preview, alsoChanges = [] } = props
  const { shown = (value) => value as V, meant = (values) => values } = props
  const ui = useWords('ui')
  const setting = useSetting(stored, { alsoChanges })
  const initial = shown(stored.value)
  const [typed, setTyped] = useState<V>(initial)
  return (
    <Section title={title} about={about}>
      <Form<V>
        columns={columns}
        fields={fields}
        initial={initial}
        onChange={(values) => setTyped({ ...typed, ...values })}
        onSubmit={(values) => setting.save(meant(values))}
        problem={setting.problem}
        pending={setting.pending}
        submit={ui('save')}
      >
        {preview && <div className="form-wide">{preview(typed)}</div>}
      </Form>
    </Section>
  )
}
