import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { SettingHistory } from './setting-history.tsx'

export interface SettingFormProps<V extends object> {
  readonly settingKey: string
  readonly fields: readonly Field<V>[]
  /** What the fields hold for a value of the setting, and the other way round; left out where they are the same. */
  readonly shown?: (value: unknown) => Partial<V>
  readonly meant?: (values: V) => unknown
  /** What the fields of the value are called in its history; the labels of the form where they are left out. */
  readonly labels?: Readonly<Record<string, string>>
  readonly columns?: 1 | 2
}

/** One setting as a form, with who changed it before. */
export function SettingForm<V extends object>({ settingKey, fields, shown, meant, labels, columns }: SettingFormProps<V>) {
  const ui = useWords('ui')
  const notice = useNotice()
  const settings = useRead(api.settings, {})
  const change = useWrite(api.changeSetting, { onDone: () => notice.done(ui('saved')) })
  return (
    <Loaded of={settings}>
      {({ settings: all }) => {
        const setting = all.find(({ key }) => key === settingKey)
        if (!setting) return null
        return (
          <>
            <Form<V>
              fields={fields}
              {...(columns ? { columns } : {})}
              initial={shown ? shown(setting.value) : (setting.value as Partial<V>)}
              onSubmit={(values) => change.send({ key: settingKey, value: meant ? meant(values) : values, version: setting.version })}
              problem={change.problem}
              pending={change.pending}
              submit={ui('save')}
            />
            <SettingHistory settingKey={settingKey} labels={labels ?? Object.fromEntries(fields.map(({ name, label }) => [name, label]))} />
          </>
        )
      }}
    </Loaded>
  )
}
