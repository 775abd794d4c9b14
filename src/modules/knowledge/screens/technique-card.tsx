import { CheckOutlined, CloseOutlined, EditOutlined, ExperimentOutlined } from '@ant-design/icons'
import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { mayUse } from '../domain/technique.ts'
import { Practise } from './practise.tsx'
import { Prose } from './prose.tsx'
import { useShown } from './shown-texts.ts'
import './knowledge.css'

export type TechniqueShown = ResultOf<typeof knowledgeApi.techniques>['items'][number]

/** One technique: how it goes, what it asks for, how often it helped. */
export function TechniqueCard({ technique, experience }: { technique: TechniqueShown; experience: number | null }) {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const shown = useShown()
  const { may } = useSession()
  const [practising, setPractising] = useState(false)
  const name = shown(technique.name)
  const open = mayUse(technique, experience)
  return (
    <article className="section" id={technique.id} aria-label={name}>
      <div className="knowledge-card">
        <h3>{name}</h3>
        {(technique.isDefault || technique.minimumExperience !== null || !technique.active) && (
          <span className="row">
            {technique.isDefault && <Tag>{t('technique.default')}</Tag>}
            {technique.minimumExperience !== null && (
              <Tag {...(open ? { className: 'knowledge-good' } : { className: 'knowledge-mark' })}>
                {t('technique.from', { level: technique.minimumExperience })}
              </Tag>
            )}
            {!technique.active && <Tag>{t('technique.notUsed')}</Tag>}
          </span>
        )}
        <Prose text={shown(technique.body)} />
        {technique.points.length > 0 && (
          <ol className="knowledge-steps">
            {technique.points.map((point) => (
              <li key={point.key}>
                <b>{shown(point.title)}</b> {point.kind === 'promise' && <Tag>{t('technique.withDay')}</Tag>}
                <div className="muted">{shown(point.hint)}</div>
              </li>
            ))}
          </ol>
        )}
        <Success use={technique.use} />
        {technique.active && (open ? <Used technique={technique} /> : <Alert type="warning" showIcon title={t('technique.handOver')} />)}
        <div className="knowledge-tools">
          {technique.points.length > 0 && (
            <Button icon={<ExperimentOutlined />} onClick={() => setPractising(true)}>
              {t('practice.begin')}
            </Button>
          )}
          {may('knowledge.write') && (
            <Link to={`/techniques/${technique.id}/edit`}>
              <Button icon={<EditOutlined />} aria-label={t('form.edit', { name })}>
                {ui('edit')}
              </Button>
            </Link>
          )}
        </div>
      </div>
      {practising && (
        <Dialog title={t('practice.of', { name })} onClose={() => setPractising(false)} wide>
          <Practise technique={technique} close={() => setPractising(false)} />
        </Dialog>
      )}
    </article>
  )
}

/** Of the last year, with how sure that is. */
function Success({ use: { succeeded, failed, open, success } }: { use: TechniqueShown['use'] }) {
  const t = useWords('knowledge')
  const format = useFormat()
  if (!success) return <p className="muted">{t(open > 0 ? 'technique.open' : 'technique.unused', { count: open })}</p>
  return (
    <p>
      <b>{t('technique.helped', { share: format.percent(success.share) })}</b>{' '}
      <span className="muted">
        {t('technique.helpedOf', {
          count: succeeded + failed,
          low: format.percent(success.low),
          high: format.percent(success.high),
        })}
      </span>
    </p>
  )
}

/** For a conversation that is no case: whether it helped. */
function Used({ technique }: { technique: TechniqueShown }) {
  const t = useWords('knowledge')
  const notice = useNotice()
  const note = useWrite(knowledgeApi.noteUse, { onDone: () => notice.done(t('technique.noted')) })
  const say = (succeeded: boolean) => void note.send({ techniqueId: technique.id, succeeded }).catch(notice.refused)
  return (
    <div className="knowledge-tools">
      <span>{t('technique.didItHelp')}</span>
      <Button size="small" icon={<CheckOutlined />} disabled={note.pending} onClick={() => say(true)}>
        {t('technique.yes')}
      </Button>
      <Button size="small" icon={<CloseOutlined />} disabled={note.pending} onClick={() => say(false)}>
        {t('technique.no')}
      </Button>
    </div>
  )
}
