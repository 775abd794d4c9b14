import { Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api as organizationApi } from '#modules/organization/api.ts'
import { type Field, Form } from '#ui/form.tsx'
import { useSession } from '#ui/session.ts'
import { minutesOf, timeOf } from '#ui/time-of-day.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { importsApi } from '../api.ts'
import { plansApi as api, type PlanSource, type PlanView } from '../api-plans.ts'
import { useImportWords } from './import-words.ts'

interface Values {
  readonly name: string
  readonly importer: string
  readonly mapping: string
  readonly from: PlanSource['kind']
  readonly root: string
  readonly path?: string
  readonly pattern: string
  readonly url: string
  readonly ownNetwork: boolean
  readonly sign: 'none' | 'bearer' | 'basic'
  readonly user?: string
  readonly secret?: string
  readonly often: PlanView['schedule']['kind']
  readonly every: number
  readonly at: string
  readonly afterwards: PlanView['afterwards']
  readonly tell: string[]
}

/** A new plan, or another source, time or mapping for one that is there. */
export function PlanForm({ plan, folders, close }: { plan: PlanView | null; folders: readonly string[]; close: () => void }) {
  const t = useWords('imports')
  const ui = useWords('ui')
  const { user } = useSession()
  const initial = initialOf(plan, folders, user.id)
  const [now, setNow] = useState<Values>(initial)
  const fields = useFields(now, plan, folders)
  const add = useWrite(api.addPlan, { onDone: close })
  const change = useWrite(api.changePlan, { onDone: close })
  const submit = (typed: Partial<Values>) => {
    const values = valuesOf({ ...initial, ...typed })
    return plan ? change.send({ ...values, id: plan.id, version: plan.version }) : add.send(values)
  }
  return (
    <Modal
      open
      title={plan ? t('plan.changeTitle', { name: plan.name }) : t('plan.add')}
      onCancel={close}
      footer={null}
      destroyOnHidden
      width={720}
    >
      <Form<Values>
        columns={2}
        fields={fields}
        initial={initial}
        onChange={(values) => setNow({ ...now, ...values })}
        onSubmit={submit}
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={ui(plan ? 'save' : 'add')}
        cancel={close}
      />
    </Modal>
  )
}

function useFields(now: Values, plan: PlanView | null, folders: readonly string[]): Field<Values>[] {
  const t = useWords('imports')
  const kinds = useImportWords()
  const importers = useRead(importsApi.importers, {})
  const mappings = useRead(importsApi.mappings, { importer: now.importer }, { enabled: now.importer !== '' })
  const people = useRead(organizationApi.people, { limit: 200 })
  const choices = <T extends string>(key: string, values: readonly T[]) =>
    values.map((value) => ({ value, label: t(`plan.${key}.${value}`) }))
  const hasSecret = plan?.hasSecret === true
  const folder: Field<Values>[] = [
    {
      name: 'root',
      kind: 'choice',
      label: t('plan.root'),
      required: true,
      options: folders.map((value) => ({ value, label: value })),
      ...(folders.length === 0 ? { help: t('plan.noFolders') } : {}),
    },
    { name: 'path', kind: 'text', label: t('plan.path'), help: t('plan.pathHelp'), maxLength: 500, autoComplete: 'off' },
    {
      name: 'pattern',
      kind: 'text',
      label: t('plan.pattern'),
      help: t('plan.patternHelp'),
      required: true,
      maxLength: 200,
      autoComplete: 'off',
    },
    {
      name: 'afterwards',
      kind: 'choice',
      label: t('plan.afterwardsLabel'),
      required: true,
      options: choices('afterwards', ['moved', 'left']),
    },
  ]
  const address: Field<Values>[] = [
    {
      name: 'url',
      kind: 'url',
      label: t('plan.url'),
      required: true,
      wide: true,
      maxLength: 2000,
      autoComplete: 'off',
      placeholder: 'https://example.com/orders.csv',
    },
    { name: 'sign', kind: 'choice', label: t('plan.signLabel'), required: true, options: choices('sign', ['none', 'bearer', 'basic']) },
    ...(now.sign === 'basic'
      ? ([{ name: 'user', kind: 'text', label: t('plan.user'), required: true, maxLength: 200, autoComplete: 'off' }] as const)
      : []),
    ...(now.sign === 'none'
      ? []
      : ([
          {
            name: 'secret',
            kind: 'password',
            label: t(`plan.secret.${now.sign}`),
            required: !hasSecret,
            autoComplete: 'new-password',
            maxLength: 4000,
            ...(hasSecret ? { help: t('plan.secretKept') } : {}),
          },
        ] as const)),
    { name: 'ownNetwork', kind: 'yes', wide: true, label: t('plan.ownNetwork'), help: t('plan.ownNetworkHelp') },
  ]
  return [
    { name: 'name', kind: 'text', label: t('plan.name'), required: true, wide: true, maxLength: 120, autoComplete: 'off' },
    {
      name: 'importer',
      kind: 'choice',
      label: t('plan.what'),
      required: true,
      options: (importers.data?.items ?? []).map((one) => ({ value: one.kind, label: kinds.kind(one) })),
    },
    {
      name: 'mapping',
      kind: 'choice',
      label: t('plan.mapping'),
      required: true,
      options: (mappings.data?.items ?? []).map(({ name }) => ({ value: name, label: name })),
      help:
        mappings.data?.items.length === 0 ? (
          <>
            {t('plan.noMapping')} <Link to={`/import?kind=${now.importer}`}>{t('history.import')}</Link>
          </>
        ) : (
          t('plan.mappingHelp')
        ),
    },
    { name: 'from', kind: 'choice', label: t('plan.from'), required: true, wide: true, options: choices('source', ['folder', 'address']) },
    ...(now.from === 'folder' ? folder : address),
    { name: 'often', kind: 'choice', label: t('plan.when'), required: true, options: choices('often', ['minutes', 'hours', 'day']) },
    now.often === 'day'
      ? {
          name: 'at',
          kind: 'text',
          label: t('plan.at'),
          placeholder: '02:00',
          check: (value) => (minutesOf(value) === null ? t('plan.notATime') : null),
        }
      : {
          name: 'every',
          kind: 'number',
          label: t(`plan.every.${now.often}`),
          required: true,
          ...(now.often === 'hours' ? { min: 1, max: 168 } : { min: 5, max: 720 }),
        },
    {
      name: 'tell',
      kind: 'choice',
      several: true,
      search: true,
      wide: true,
      label: t('plan.tell'),
      help: t('plan.tellHelp'),
      options: (people.data?.items ?? []).filter(({ enabled }) => enabled).map(({ id, name }) => ({ value: id, label: name })),
    },
  ]
}

function initialOf(plan: PlanView | null, folders: readonly string[], me: string): Values {
  const source = plan?.source
  const folder = source?.kind === 'folder' ? source : null
  const address = source?.kind === 'address' ? source : null
  const schedule = plan?.schedule ?? { kind: 'hours', every: 1 }
  return {
    name: plan?.name ?? '',
    importer: plan?.importer ?? 'orders',
    mapping: plan?.mapping ?? (undefined as never),
    from: source?.kind ?? (folders.length > 0 ? 'folder' : 'address'),
    root: folder?.root ?? (folders[0] as string),
    path: folder?.path ?? '',
    pattern: folder?.pattern ?? '*.csv',
    url: address?.url ?? '',
    ownNetwork: address?.ownNetwork ?? false,
    sign: address?.sign ?? 'none',
    user: address?.user ?? '',
    often: schedule.kind,
    every: schedule.kind === 'day' ? 1 : schedule.every,
    at: schedule.kind === 'day' ? timeOf(schedule.at) : '02:00',
    afterwards: plan?.afterwards ?? 'moved',
    tell: plan ? [...plan.tell] : [me],
  }
}

function valuesOf(typed: Values) {
  const { name, importer, mapping, root, path, pattern, url, ownNetwork, sign, user, secret, often, every, at, afterwards, tell } = typed
  return {
    name,
    importer,
    mapping,
    source:
      typed.from === 'folder'
        ? { kind: 'folder' as const, root, path: path ?? '', pattern }
        : { kind: 'address' as const, url, ownNetwork, sign, user: user ?? '' },
    ...(secret ? { secret } : {}),
    schedule: often === 'day' ? { kind: often, at: minutesOf(at) ?? 0 } : { kind: often, every },
    afterwards: typed.from === 'folder' ? afterwards : ('left' as const),
    tell,
  }
}
