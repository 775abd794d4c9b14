import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useSettled } from '#ui/settled.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { type ArticleKind, articleKinds } from '../domain/article.ts'
import { useShown } from './shown-texts.ts'
import { Tags } from './tags.tsx'
import './knowledge.css'

type Line = ResultOf<typeof knowledgeApi.articles>['items'][number]

/** What the company knows and has agreed on, found by words. */
export function ArticlesPage() {
  const t = useWords('knowledge')
  const format = useFormat()
  const shown = useShown()
  const { may } = useSession()
  const writes = may('knowledge.write')
  const [text, setText] = useState('')
  const q = useSettled(text.trim(), 200)
  const [kind, setKind] = useState<ArticleKind | null>(null)
  const [drafts, setDrafts] = useState(false)
  const pages = usePages(knowledgeApi.articles, { ...(q ? { q } : {}), ...(kind ? { kind } : {}), ...(drafts ? { drafts } : {}) })
  const write = writes && (
    <Link to="/knowledge/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t('article.new')}
      </Button>
    </Link>
  )
  const columns: Column<Line>[] = [
    { key: 'title', title: t('article.title'), cell: ({ title }) => shown(title) },
    { key: 'kind', title: t('article.kind'), cell: (line) => t(`articleKind.${line.kind}`) },
    { key: 'state', title: t('article.state'), cell: (line) => <State line={line} /> },
    { key: 'tags', title: t('article.tags'), optional: true, cell: ({ tags }) => <Tags tags={tags} /> },
    {
      key: 'at',
      title: t('article.at'),
      cell: ({ publishedAt, changedAt }) => format.instant(drafts ? changedAt : publishedAt),
    },
  ]
  return (
    <Page title={t('nav.articles')} about={t('article.about')} actions={write}>
      <DataTable
        name="knowledge-articles"
        label={t('nav.articles')}
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        to={({ id }) => `/knowledge/${id}`}
        toolbar={
          <div className="knowledge-tools">
            <Input.Search
              className="knowledge-search"
              allowClear
              value={text}
              maxLength={200}
              placeholder={t('article.search')}
              aria-label={t('article.search')}
              onChange={(event) => setText(event.target.value)}
            />
            <Select
              className="knowledge-filter"
              allowClear={{ label: t('ui:clear') }}
              placeholder={t('article.kind')}
              aria-label={t('article.kind')}
              value={kind}
              options={articleKinds.map((value) => ({ value, label: t(`articleKind.${value}`) }))}
              onChange={(value) => setKind(value ?? null)}
            />
            {writes && (
              <Checkbox checked={drafts} onChange={(event) => setDrafts(event.target.checked)}>
                {t('article.drafts')}
              </Checkbox>
            )}
          </div>
        }
        empty={
          <Empty title={t(q ? 'article.notFound' : 'article.none')} action={!q && write}>
            {t(q ? 'article.notFoundHelp' : 'article.noneHelp')}
          </Empty>
        }
      />
    </Page>
  )
}

function State({ line }: { line: Line }) {
  const t = useWords('knowledge')
  if (line.publishedRevision === null) return <Tag>{t('article.draft')}</Tag>
  if (line.needsAcknowledgement)
    return (
      <Tag {...(line.acknowledged ? { className: 'knowledge-good' } : { className: 'knowledge-mark' })}>
        {t(line.acknowledged ? 'article.acknowledged' : 'article.toAcknowledge')}
      </Tag>
    )
  if (line.revision > line.publishedRevision) return <Tag>{t('article.newerDraft')}</Tag>
  return line.read ? t('article.read') : <span className="muted">{t('article.unread')}</span>
}
