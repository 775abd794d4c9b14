import { Button, Segmented, Tag } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Kind, kinds } from '../domain/taxonomy.ts'
import { ProcessDrawing } from './process-drawing.tsx'
import './cases.css'

export type ShownProcess = ResultOf<typeof casesApi.processes>['processes'][number]

/** By which steps each kind of case is handled, drawn; administrators copy a process and change the copy. */
export function ProcessesPage() {
  const t = useWords('cases')
  const [params, setParams] = useSearchParams()
  const kind = kinds.find((one) => one === params.get('kind')) ?? 'complaint'
  const found = useRead(casesApi.processes, {})
  return (
    <Page title={t('process.title')} about={t('process.about')}>
      <Segmented<Kind>
        className="case-kinds"
        aria-label={t('field.kind')}
        value={kind}
        onChange={(value) => setParams({ kind: value }, { replace: true })}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <Loaded of={found}>
        {({ processes }) => {
          const shown = processes
            .filter((one) => one.kind === kind)
            .toSorted((a, b) => Number(b.current) - Number(a.current) || b.version - a.version)
          return shown.map((process) => <Process key={`${process.key} ${process.version}`} process={process} />)
        }}
      </Loaded>
    </Page>
  )
}

function Process({ process }: { readonly process: ShownProcess }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { key, version, state, current, madeAt, madeBy } = process
  return (
    <Section
      title={
        hasWord('cases', `process.name.${key}`)
          ? t(`process.name.${key}`, { version })
          : t('process.version', { kind: t(`kind.${process.kind}`), version })
      }
      about={
        <span className="row">
          {current && <Tag color="success">{t('process.current')}</Tag>}
          <Tag>{t(`process.state.${state}`)}</Tag>
          {madeAt && <span className="muted">{t('process.made', { at: format.instant(madeAt), name: people.nameOf(madeBy) })}</span>}
        </span>
      }
      actions={<Actions process={process} />}
    >
      <ProcessDrawing steps={process.steps} label={`${key} ${version}`} />
    </Section>
  )
}

function Actions({ process }: { readonly process: ShownProcess }) {
  const t = useWords('cases')
  const notice = useNotice()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { may } = useSession()
  const copy = useWrite(casesApi.copyProcess, { onDone: ({ key, version }) => navigate(`/case-processes/${key}/${version}`) })
  const publish = useWrite(casesApi.publishProcess, { onDone: () => notice.done(t('process.published')) })
  const retire = useWrite(casesApi.retireProcess, { onDone: () => notice.done(t('process.retired')) })
  const remove = useWrite(casesApi.removeProcess)
  if (!may('cases.manage')) return null
  const { key, version, edit, state } = process
  return (
    <>
      {state === 'draft' && (
        <Link to={`/case-processes/${key}/${version}`}>
          <Button>{t('process.edit')}</Button>
        </Link>
      )}
      {(state === 'draft' || state === 'retired') && (
        <Button type="primary" loading={publish.pending} onClick={() => void publish.send({ key, version, edit }).catch(notice.refused)}>
          {t('process.publish')}
        </Button>
      )}
      {state === 'published' && (
        <Button
          onClick={() =>
            confirm({ title: t('process.retireAsk'), verb: t('process.retire'), harmless: true }, () => retire.send({ key, version, edit }))
          }
        >
          {t('process.retire')}
        </Button>
      )}
      {state === 'draft' && (
        <Button danger onClick={() => void remove.send({ key, version, edit }).catch(notice.refused)}>
          {t('process.remove')}
        </Button>
      )}
      {state !== 'draft' && (
        <Button loading={copy.pending} onClick={() => void copy.send({ key, version }).catch(notice.refused)}>
          {t('process.copy')}
        </Button>
      )}
    </>
  )
}
