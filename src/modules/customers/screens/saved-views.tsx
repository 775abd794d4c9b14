import { StarOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { type InputOf, isMeanwhile, type ResultOf } from '#ui/client.ts'
import { Compared } from '#ui/compared.tsx'
import { useNamedSave } from '#ui/named-save.ts'
import { useNotice } from '#ui/notice.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { api } from '../api.ts'

/** A list as it was kept: search, filters and sort as in the address, and the columns that are shown. */
export type View = ResultOf<typeof api.views>['items'][number]['definition']

export interface SavedViewsProps {
  /** Which list it is; each has names of its own. */
  readonly list: NonNullable<InputOf<typeof api.views>['list']>
  readonly present: View
  readonly open: (view: View) => void
}

/** One's own views of a list: open one, keep the present one under a name, remove one. Lists of other modules have it by the slot `list.views`. */
export function SavedViews({ list, present, open }: SavedViewsProps) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const views = useRead(api.views, { list })
  const save = useWrite(api.saveView)
  const remove = useWrite(api.removeView)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const stored = views.data?.items.find((view) => view.mine && view.name === name.trim()) ?? null
  const named = useNamedSave(name.trim(), fieldsOf(present, shared), stored && fieldsOf(stored.definition, stored.shared), save.problem)
  const keep = async () => {
    if (name.trim() === '') return
    await save.send({ list, name: name.trim(), version: stored?.version ?? 0, ...viewOf(named.values) }).then(
      () => {
        notice.done(ui('saved'))
        setName('')
        named.reset()
      },
      // What somebody else saved under the name is compared below.
      (problem) => isMeanwhile(problem) || notice.refused(problem),
    )
  }
  const label = (field: string) =>
    field === 'shared'
      ? t('views.share')
      : field === 'columns'
        ? t('views.columns')
        : (['filter', 'views']
            .map((of) => `${of}.${field.slice(query.length)}`)
            .filter((key) => hasWord('customers', key))
            .map((key) => t(key))[0] ?? field.slice(query.length))
  const shown = (field: string, value: unknown) =>
    field === 'shared'
      ? ui(value ? 'yes' : 'no')
      : Array.isArray(value)
        ? value.map((key) => (hasWord('customers', `column.${key}`) ? t(`column.${key}`) : String(key))).join(ui('comma'))
        : String(value ?? ui('meanwhile.nothing'))
  const content = (close: () => void) => (
    <div className="list-views">
      {(views.data?.items ?? []).length === 0 ? (
        <p className="muted">{t('views.none')}</p>
      ) : (
        <ul className="plain-list">
          {views.data?.items.map((view) => (
            <li key={view.id} className="row">
              <Button
                type="link"
                onClick={() => {
                  open(view.definition)
                  close()
                }}
              >
                {view.name}
              </Button>
              {view.mine ? (
                <Button
                  type="text"
                  size="small"
                  aria-label={t('views.remove', { name: view.name })}
                  onClick={() => void remove.send({ viewId: view.id, version: view.version }).catch(notice.refused)}
                >
                  ×
                </Button>
              ) : (
                <span className="muted">{t('views.byOthers')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        <Input
          value={name}
          maxLength={100}
          placeholder={t('views.name')}
          aria-label={t('views.name')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => void keep()}
        />
        <Button onClick={() => void keep()} loading={save.pending}>
          {ui('save')}
        </Button>
      </div>
      {named.compared && <Compared compared={named.compared} label={label} shown={shown} decide={named.decide} />}
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        {t('views.share')}
      </Checkbox>
    </div>
  )
  return (
    <PopoverButton icon={<StarOutlined />} content={content}>
      {t('views.title')}
    </PopoverButton>
  )
}

const query = 'query.'

/** A view field by field: each filter by itself. */
const fieldsOf = (view: View, shared: boolean): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(Object.entries(view.query).map(([key, value]) => [`${query}${key}`, value])),
  columns: view.columns,
  shared,
})

function viewOf(fields: Readonly<Record<string, unknown>>): { definition: View; shared: boolean } {
  const filters = Object.entries(fields).filter(([name]) => name.startsWith(query))
  return {
    definition: {
      query: Object.fromEntries(filters.map(([name, value]) => [name.slice(query.length), String(value)])),
      columns: fields.columns as string[],
    },
    shared: fields.shared === true,
  }
}
