import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNamed } from '#ui/named.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Binding, bindings } from '../domain/outside-body.ts'
import { categories, type Kind } from '../domain/taxonomy.ts'
import { type Rules, useRuleWords } from './regime-words.ts'
import { type Body, namedLanguages, nameFields, namesOf, type TypedNames, typedNames } from './set-up-words.ts'

/** Whoever has found something about a complaint can be contested. */
const heard: readonly Kind[] = ['complaint', 'claim']

/** To whom a customer can turn who does not accept an answer (ISO 10003). */
export function BodiesSetUp() {
  const t = useWords('cases')
  const ui = useWords('ui')
  const named = useNamed()
  const { nameOf } = useRuleWords()
  const found = useRead(casesApi.bodies, {})
  const rules = useRead(casesApi.regimes, {})
  const [open, setOpen] = useState<Body | 'new' | null>(null)
  const called = new Map((rules.data?.regimes ?? []).map((one) => [one.key, nameOf(one)]))
  const hears = ({ kinds, categories: about, regimes }: Body) =>
    [
      ...kinds.map((kind) => t(`kind.${kind}`)),
      ...about.map((key) => t(`category.${key}`, { defaultValue: key })),
      ...regimes.map((key) => called.get(key) ?? key),
    ].join(ui('comma')) || t('setUp.bodies.anything')
  return (
    <Loaded of={found}>
      {({ bodies }) => (
        <>
          <p className="section-about">{t('setUp.bodies.about')}</p>
          <DataTable
            name="case-bodies"
            label={t('setUp.bodies.title')}
            pages={{ items: bodies }}
            rowKey={(body) => body.id}
            columns={[
              {
                key: 'name',
                title: t('setUp.name'),
                cell: (body) => (
                  <span className="row">
                    {named(body.names)}
                    {body.version === 0 && <Tag className="case-warn">{t('setUp.bodies.unchecked')}</Tag>}
                    {body.retired && <Tag>{t('setUp.retired')}</Tag>}
                  </span>
                ),
              },
              { key: 'hears', title: t('setUp.bodies.hears'), cell: hears },
              {
                key: 'deadline',
                title: t('setUp.bodies.deadline'),
                cell: ({ deadline }) =>
                  deadline ? t(`setUp.bodies.${deadline.unit}`, { count: deadline.amount }) : t('setUp.bodies.noDeadline'),
              },
              { key: 'binding', title: t('setUp.bodies.binding'), cell: (body) => t(`binding.${body.binding}`) },
              {
                key: 'url',
                title: t('setUp.bodies.url'),
                cell: ({ url }) =>
                  url && (
                    <a href={url} target="_blank" rel="noreferrer">
                      {new URL(url).host}
                    </a>
                  ),
              },
              {
                key: 'actions',
                title: t('setUp.actions'),
                cell: (body) => (
                  <Button size="small" onClick={() => setOpen(body)} aria-label={t('setUp.changeOf', { name: named(body.names) })}>
                    {t('setUp.change')}
                  </Button>
                ),
              },
            ]}
            toolbar={
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
                {t('setUp.bodies.add')}
              </Button>
            }
          />
          {open && <BodyForm body={open === 'new' ? null : open} rules={rules.data?.regimes ?? []} close={() => setOpen(null)} />}
        </>
      )}
    </Loaded>
  )
}

type TypedAbout = { readonly [L in (typeof namedLanguages)[number] as `about.${L}`]?: string }
interface Typed extends TypedNames, TypedAbout {
  readonly url: string | null
  readonly kinds: readonly Kind[]
  readonly categories: readonly string[]
  readonly regimes: readonly string[]
  readonly amount: number | null
  readonly unit: 'days' | 'months'
  readonly binding: Binding
  readonly retired: boolean
}

interface BodyFormProps {
  readonly body: Body | null
  readonly rules: readonly Rules[]
  readonly close: () => void
}

function BodyForm({ body, rules, close }: BodyFormProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { nameOf } = useRuleWords()
  const onDone = () => {
    notice.done(ui('saved'))
    close()
  }
  const add = useWrite(casesApi.addBody, { onDone })
  const change = useWrite(casesApi.changeBody, { onDone })
  const save = body ? change : add
  const several = { kind: 'choice', several: true, help: t('setUp.bodies.emptyHelp') } as const
  const fields: readonly Field<Typed>[] = [
    ...nameFields<Typed>(t),
    { name: 'url', kind: 'url', label: t('setUp.bodies.url'), maxLength: 500 },
    ...namedLanguages.map(
      (language): Field<Typed> => ({
        ...{ name: `about.${language}`, kind: 'area', label: t(`setUp.bodies.aboutIn.${language}`), rows: 2, maxLength: 600, wide: true },
      }),
    ),
    {
      ...several,
      name: 'regimes',
      label: t('setUp.bodies.regimes'),
      options: rules.filter(({ retired }) => !retired).map((one) => ({ value: one.key, label: nameOf(one) })),
    },
    { ...several, name: 'kinds', label: t('setUp.bodies.kinds'), options: heard.map((value) => ({ value, label: t(`kind.${value}`) })) },
    {
      ...several,
      name: 'categories',
      label: t('setUp.bodies.categories'),
      options: categories.map((value) => ({ value: value as string, label: t(`category.${value}`) })),
    },
    {
      name: 'binding',
      kind: 'choice',
      label: t('setUp.bodies.binding'),
      required: true,
      options: bindings.map((value) => ({ value, label: t(`binding.${value}`) })),
    },
    {
      name: 'amount',
      kind: 'number',
      label: t('setUp.bodies.deadline'),
      help: t('setUp.bodies.deadlineHelp'),
      min: 1,
      max: 3650,
      digits: 0,
    },
    {
      name: 'unit',
      kind: 'choice',
      label: t('setUp.bodies.unit'),
      required: true,
      options: (['days', 'months'] as const).map((value) => ({ value, label: t(`setUp.bodies.unit.${value}`) })),
    },
    ...(body ? ([{ name: 'retired', kind: 'yes', label: t('setUp.retired') }] as const) : []),
  ]
  const about = (of: Body): TypedAbout => ({ 'about.en': of.about.en, 'about.zh-CN': of.about['zh-CN'], 'about.zh-TW': of.about['zh-TW'] })
  return (
    <Dialog wide title={t(body ? 'setUp.bodies.change' : 'setUp.bodies.add')} onClose={close}>
      <Form<Typed>
        columns={2}
        fields={fields}
        initial={
          body
            ? {
                ...{ ...typedNames(body.names), ...about(body), url: body.url, kinds: body.kinds, categories: body.categories },
                ...{ regimes: body.regimes, amount: body.deadline?.amount ?? null, unit: body.deadline?.unit ?? 'months' },
                ...{ binding: body.binding, retired: body.retired },
              }
            : {
                ...{ url: null, kinds: [], categories: [], regimes: [], amount: null, unit: 'months' },
                ...{ binding: 'never', retired: false },
              }
        }
        onSubmit={(typed) => {
          const said = {
            names: namesOf(typed),
            about: { en: typed['about.en'] ?? '', 'zh-CN': typed['about.zh-CN'] ?? '', 'zh-TW': typed['about.zh-TW'] ?? '' },
            url: typed.url?.trim() || null,
            kinds: [...(typed.kinds ?? [])],
            categories: [...(typed.categories ?? [])],
            regimes: [...(typed.regimes ?? [])],
            deadline: typed.amount ? { amount: typed.amount, unit: typed.unit } : null,
            binding: typed.binding,
            retired: typed.retired ?? false,
          }
          return body ? change.send({ bodyId: body.id, version: body.version, ...said }) : add.send(said)
        }}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
