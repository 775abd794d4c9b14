import { EditOutlined } from '@ant-design/icons'
import { Alert, Button, Select, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Panel } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { isChecklist, shownIn } from '../domain/article.ts'
import { languageShown } from '../domain/texts.ts'
import { Checks } from './checks.tsx'
import { Prose } from './prose.tsx'
import { Readers } from './readers.tsx'
import { useShown } from './shown-texts.ts'
import { Tags } from './tags.tsx'
import './knowledge.css'

type Article = ResultOf<typeof knowledgeApi.article>

/** One article: read, acknowledged, gone through, and for whoever writes them published and taken back. */
export function ArticlePage() {
  const t = useWords('knowledge')
  const { id = '' } = useParams()
  const shown = useShown()
  const { may } = useSession()
  const [revision, setRevision] = useState<number | null>(null)
  const article = useRead(knowledgeApi.article, { articleId: id, ...(revision === null ? {} : { revision }) })
  const writes = may('knowledge.write')
  return (
    <Page
      title={article.data ? shown(article.data.title) : t('nav.articles')}
      width="reading"
      about={article.data && <About article={article.data} />}
      actions={
        writes &&
        article.data && (
          <>
            <Revisions article={article.data} chosen={revision} choose={setRevision} />
            <Publishing article={article.data} />
            <Link to={`/knowledge/${id}/edit`}>
              <Button icon={<EditOutlined />}>{t('ui:edit')}</Button>
            </Link>
          </>
        )
      }
    >
      <Loaded of={article}>
        {(found) => (
          <>
            <Standing article={found} />
            <Text article={found} />
            <Reading article={found} />
            {isChecklist(found.kind) && found.publishedRevision !== null && <Checks article={found} />}
            {may('knowledge.train') && found.publishedRevision !== null && <ArticleReaders article={found} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function About({ article }: { article: Article }) {
  const t = useWords('knowledge', 'organization')
  return (
    <span className="row">
      <Tag>{t(`articleKind.${article.kind}`)}</Tag>
      {article.category && <Tag>{t(`code.category.${article.category}`, { defaultValue: article.category })}</Tag>}
      <Tags tags={article.tags} />
      {article.ownerRole && (
        <span>{t('article.ownedBy', { role: t(`organization:role.${article.ownerRole}`, { defaultValue: article.ownerRole }) })}</span>
      )}
      {article.kind === 'policy' && article.publishedRevision !== null && <Link to="/complaint-policy">{t('policy.asCustomers')}</Link>}
    </span>
  )
}

/** Whoever writes articles sees drafts; so that nobody takes one for what holds, it says so. */
function Standing({ article }: { article: Article }) {
  const t = useWords('knowledge')
  const { shownRevision, publishedRevision } = article
  if (publishedRevision === shownRevision) return null
  const title =
    publishedRevision === null
      ? t('article.notPublished')
      : shownRevision > publishedRevision
        ? t('article.newer', { shown: shownRevision, published: publishedRevision })
        : t('article.older', { shown: shownRevision, published: publishedRevision })
  return <Alert className="said" type="info" showIcon title={title} />
}

function Text({ article }: { article: Article }) {
  const { language } = useLanguage()
  const { body, items } = shownIn(article.content, language)
  const written = languageShown(article.content.title, language) ?? language
  return (
    <Panel>
      <Prose text={body} lang={written} />
      {items.length > 0 && (
        <ol className="knowledge-steps" lang={written}>
          {items.map((item) => (
            <li key={item.key}>
              <b>{item.title}</b>
              {item.hint && <div className="muted">{item.hint}</div>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

/** Opening a published article is reading it; standing by it is said with a button. */
function Reading({ article }: { article: Article }) {
  const t = useWords('knowledge')
  const notice = useNotice()
  const { id, publishedRevision, shownRevision, read, needsAcknowledgement, acknowledged } = article
  const { send, pending } = useWrite(knowledgeApi.noteReading)
  const isShown = publishedRevision !== null && publishedRevision === shownRevision
  useEffect(() => {
    if (isShown && !read) send({ articleId: id, revision: shownRevision, acknowledged: false }).catch(() => {})
  }, [id, isShown, read, shownRevision, send])
  if (!isShown || !needsAcknowledgement) return null
  if (acknowledged) return <Alert className="said" type="success" showIcon title={t('article.standsBy')} />
  return (
    <Alert
      className="said"
      type="warning"
      showIcon
      title={t('article.ask')}
      action={
        <Button
          type="primary"
          loading={pending}
          onClick={() => void send({ articleId: id, revision: shownRevision, acknowledged: true }).catch(notice.refused)}
        >
          {t('article.acknowledge')}
        </Button>
      }
    />
  )
}

function Publishing({ article: { id, kind, version, revision, publishedRevision } }: { article: Article }) {
  const t = useWords('knowledge')
  const notice = useNotice()
  const confirm = useConfirm()
  const publish = useWrite(knowledgeApi.publishArticle, { onDone: () => notice.done(t('article.publishedDone')) })
  const withdraw = useWrite(knowledgeApi.withdrawArticle)
  return (
    <>
      {publishedRevision !== null && (
        <Button
          onClick={() =>
            confirm({ title: t('article.withdrawAsk'), verb: t('article.withdraw') }, () => withdraw.send({ articleId: id, version }))
          }
        >
          {t('article.withdraw')}
        </Button>
      )}
      {publishedRevision !== revision && (
        <Button
          type="primary"
          loading={publish.pending}
          onClick={() => {
            const go = () => publish.send({ articleId: id, version })
            if (kind === 'policy') confirm({ title: t('policy.publishAsk'), verb: t('article.publish'), harmless: true }, go)
            else void go().catch(notice.refused)
          }}
        >
          {t('article.publish')}
        </Button>
      )}
    </>
  )
}

function Revisions({ article, chosen, choose }: { article: Article; chosen: number | null; choose: (revision: number | null) => void }) {
  const t = useWords('knowledge')
  const format = useFormat()
  const { nameOf } = usePeople()
  const { items } = usePages(knowledgeApi.articleRevisions, { articleId: article.id, limit: 100 })
  if (items.length < 2) return null
  return (
    <Select
      aria-label={t('article.revisions')}
      value={chosen ?? article.revision}
      onChange={(revision) => choose(revision === article.revision ? null : revision)}
      popupMatchSelectWidth={false}
      options={items.map(({ revision, madeAt, madeBy, note }) => ({
        value: revision,
        label: [String(revision), format.instant(madeAt), nameOf(madeBy), note].filter(Boolean).join(' · '),
      }))}
    />
  )
}

function ArticleReaders({ article }: { article: Article }) {
  const t = useWords('knowledge')
  const asks = article.needsAcknowledgement
  const [done, setDone] = useState(false)
  const pages = usePages(knowledgeApi.articleReaders, { articleId: article.id, done })
  return (
    <Readers
      title={t(asks ? 'readers.acknowledged' : 'readers.read')}
      done={done}
      setDone={setDone}
      pages={pages}
      people={pages.items.map(({ userId, name, readAt, acknowledgedAt }) => ({ userId, name, at: asks ? acknowledgedAt : readAt }))}
    />
  )
}
