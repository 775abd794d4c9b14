import { Alert, Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type StrategyContent, strategyElements, strategyQuestions } from '../domain/strategy.ts'
import './customers.css'

type Strategy = ResultOf<typeof api.strategy>

/** Who our customers are, what they want and how we look after them: written once, looked at often, changed with care. */
export function StrategyPage() {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const { may } = useSession()
  const [version, setVersion] = useState<number | null>(null)
  const [writing, setWriting] = useState(false)
  const strategy = useRead(api.strategy, version === null ? {} : { version })
  const write = (
    <Button type="primary" onClick={() => setWriting(true)}>
      {strategy.data?.version === 0 ? t('strategy.begin') : t('strategy.write')}
    </Button>
  )
  const approve = useWrite(api.approveStrategy, { onDone: () => notice.done(t('strategy.approvedDone')) })
  const latest = strategy.data
  const mayApprove = may('customers.approve-strategy') && version === null && !writing && latest?.complete && latest.approvedAt === null
  const mayWrite = may('customers.strategy') && version === null && !writing
  return (
    <Page
      title={t('strategy.title')}
      about={t('strategy.about')}
      width="reading"
      actions={
        <>
          <Versions version={version} choose={setVersion} />
          {mayApprove && (
            <Button loading={approve.pending} onClick={() => void approve.send({ version: latest.version }).catch(notice.refused)}>
              {t('strategy.approve')}
            </Button>
          )}
          {mayWrite && strategy.data && write}
        </>
      }
    >
      <Loaded of={strategy}>
        {(found) =>
          writing ? (
            <Writing strategy={found} close={() => setWriting(false)} />
          ) : (
            <>
              {found.version > 0 && found.missing.length > 0 && (
                <Alert
                  className="said"
                  type="info"
                  showIcon
                  title={t('strategy.missing', { parts: found.missing.map((part) => t(`strategy.part.${part}`)).join(ui('comma')) })}
                />
              )}
              <Reading strategy={found} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Versions({ version, choose }: { version: number | null; choose: (version: number | null) => void }) {
  const t = useWords('customers')
  const format = useFormat()
  const { nameOf } = usePeople()
  const { data } = useRead(api.strategyVersions, {})
  const items = data?.items ?? []
  if (items.length < 2) return null
  return (
    <Select
      aria-label={t('strategy.versions')}
      value={version ?? items[0]?.version ?? 0}
      onChange={(chosen) => choose(chosen === items[0]?.version ? null : chosen)}
      options={items.map((item) => ({
        value: item.version,
        label: `${item.version} · ${format.instant(item.savedAt)} · ${nameOf(item.savedBy)}`,
      }))}
      popupMatchSelectWidth={false}
    />
  )
}

function Reading({ strategy }: { strategy: Strategy }) {
  const t = useWords('customers')
  const format = useFormat()
  const { nameOf } = usePeople()
  const parts = (names: readonly (keyof StrategyContent)[]) =>
    names.map((part) => (
      <div key={part} className="strategy-part">
        <h3>{t(`strategy.part.${part}`)}</h3>
        {strategy.content[part] ? (
          <p className="written">{strategy.content[part]}</p>
        ) : (
          <p className="muted">{t(`strategy.help.${part}`)}</p>
        )}
      </div>
    ))
  return (
    <>
      <Section
        title={t('strategy.questions')}
        about={
          strategy.savedAt && (
            <>
              {t('strategy.saved', { at: format.instant(strategy.savedAt), by: nameOf(strategy.savedBy) ?? '' })}{' '}
              <Tag>{strategy.complete ? t('strategy.complete') : t('strategy.draft')}</Tag>
              {strategy.approvedAt ? (
                <Tag color="green">
                  {t('strategy.approved', { at: format.instant(strategy.approvedAt), by: nameOf(strategy.approvedBy) ?? '' })}
                </Tag>
              ) : (
                strategy.complete && <Tag color="orange">{t('strategy.notApproved')}</Tag>
              )}
            </>
          )
        }
      >
        {parts(strategyQuestions)}
      </Section>
      <Section title={t('strategy.elements')}>{parts(strategyElements)}</Section>
      <Section title={t('strategy.segments')} about={t('strategy.segmentsAbout')}>
        {strategy.segments.length === 0 ? (
          <p className="muted">{t('strategy.noSegments')}</p>
        ) : (
          <ul className="plain-list">
            {strategy.segments.map(({ id, name }) => (
              <li key={id}>
                <Link to={`/segments?open=${id}`}>{name}</Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}

type Typed = StrategyContent & { readonly complete: boolean; readonly segmentIds?: readonly string[] }

function Writing({ strategy, close }: { strategy: Strategy; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const save = useWrite(api.saveStrategy, {
    onDone: () => {
      notice.done(ui('saved'))
      close()
    },
  })
  const segments = useRead(api.segments, {})
  const fields: readonly Field<Typed>[] = [
    ...[...strategyQuestions, ...strategyElements].map(
      (part) =>
        ({
          name: part,
          kind: 'area',
          rows: 4,
          label: t(`strategy.part.${part}`),
          help: t(`strategy.help.${part}`),
          maxLength: 5000,
        }) as const,
    ),
    {
      name: 'segmentIds',
      kind: 'choice',
      several: true,
      label: t('strategy.segments'),
      help: t('strategy.segmentsHelp'),
      options: (segments.data?.items ?? []).filter(({ shared }) => shared).map(({ id, name }) => ({ value: id, label: name })),
    },
    { name: 'complete', kind: 'yes', label: t('strategy.asComplete'), help: t('strategy.asCompleteHelp') },
  ]
  return (
    <Form<Typed>
      fields={fields}
      initial={{ ...strategy.content, segmentIds: strategy.segments.map(({ id }) => id), complete: strategy.complete }}
      onSubmit={({ complete, segmentIds, ...content }) => {
        const written = Object.fromEntries(Object.entries(content).map(([part, text]) => [part, text ?? ''])) as unknown as StrategyContent
        return save.send({ basedOn: strategy.version, content: written, complete, segmentIds: [...(segmentIds ?? [])] })
      }}
      problem={save.problem}
      pending={save.pending}
      submit={ui('save')}
      cancel={close}
    />
  )
}
