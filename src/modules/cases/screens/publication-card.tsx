import { Button, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { textShown, textsTyped } from '../domain/publication.ts'
import { EditPublication, type ShownPublication } from './publication-dialog.tsx'
import './voice.css'

/** What was said and what was done about it, with what may become of it. */
export function PublicationCard({ of, children }: { readonly of: ShownPublication; readonly children?: ReactNode }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { language } = useLanguage()
  const shown = textShown(textsTyped(of.texts), language)
  return (
    <article className="voice-card">
      <p className="row">
        <Tag>{t(`publication.state.${of.state}`)}</Tag>
        <span className="muted">
          {people.nameOf(of.madeBy)} · {format.instant(of.madeAt)}
          {of.publishedAt && ` · ${t('publication.publishedOn', { day: format.instant(of.publishedAt) })}`}
        </span>
      </p>
      {shown && (
        <dl className="voice-pair" lang={shown.language}>
          <dt lang={language}>{t('publication.said')}</dt>
          <dd className="case-text">{shown.said}</dd>
          <dt lang={language}>{t('publication.done')}</dt>
          <dd className="case-text">{shown.done}</dd>
        </dl>
      )}
      {children}
      <Moves of={of} />
    </article>
  )
}

function Moves({ of }: { readonly of: ShownPublication }) {
  const t = useWords('cases')
  const notice = useNotice()
  const confirm = useConfirm()
  const { may } = useSession()
  const [isEditing, setEditing] = useState(false)
  const move = useWrite(casesApi.movePublication)
  const drop = useWrite(casesApi.dropPublication)
  const on = { publicationId: of.id, version: of.version }
  const mayWrite = may('cases.write') && (of.state !== 'published' || may('cases.publish'))
  const publish = () =>
    confirm({ title: t('publication.publishAsk'), verb: t('publication.publish'), harmless: true }, async () => {
      await move.send({ ...on, state: 'published' })
      notice.done(t('publication.published'))
    })
  const withdraw = () =>
    confirm({ title: t('publication.withdrawAsk'), verb: t('publication.withdraw') }, async () => {
      await move.send({ ...on, state: 'withdrawn' })
      notice.done(t('publication.withdrawn'))
    })
  return (
    <span className="row">
      {of.may.includes('published') && (
        <Button type="primary" onClick={publish}>
          {t('publication.publish')}
        </Button>
      )}
      {of.may.includes('withdrawn') && <Button onClick={withdraw}>{t('publication.withdraw')}</Button>}
      {mayWrite && <Button onClick={() => setEditing(true)}>{t('publication.edit')}</Button>}
      {mayWrite && of.state === 'draft' && (
        <Button
          type="text"
          danger
          onClick={() => confirm({ title: t('publication.dropAsk'), verb: t('publication.drop') }, () => drop.send(on))}
        >
          {t('publication.drop')}
        </Button>
      )}
      {isEditing && <EditPublication of={of} close={() => setEditing(false)} />}
    </span>
  )
}
