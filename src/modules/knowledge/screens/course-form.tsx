import { Select } from 'antd'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { emptyTexts, type Texts } from '../domain/texts.ts'
import { type SkillName, skillNames } from '../domain/training.ts'
import type { Course } from './courses.tsx'
import { InLanguages, TextsInput } from './in-language.tsx'
import { useShown } from './shown-texts.ts'

interface Values {
  readonly name: Texts
  readonly about: Texts
  readonly skills: readonly SkillName[]
  readonly articleId: string | null
  readonly techniqueId: string | null
  readonly link: string
  readonly active: boolean
}

export function CourseForm({ course, close }: { course: Course | null; close: () => void }) {
  const t = useWords('knowledge', 'organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const shown = useShown()
  const articles = usePages(knowledgeApi.articles, { limit: 200 })
  const techniques = useRead(knowledgeApi.techniques, {})
  const onDone = () => {
    notice.done(ui('saved'))
    close()
  }
  const add = useWrite(knowledgeApi.addCourse, { onDone })
  const change = useWrite(knowledgeApi.changeCourse, { onDone })
  const write = course ? change : add
  const send = ({ articleId, techniqueId, link, skills, about, ...values }: Values) => {
    const input = {
      ...values,
      about: about ?? emptyTexts,
      skills: [...(skills ?? [])],
      articleId: articleId || null,
      techniqueId: techniqueId || null,
      link: link?.trim() || null,
    }
    return course ? change.send({ courseId: course.id, version: course.version, ...input }) : add.send(input)
  }
  return (
    <InLanguages>
      <Form<Values>
        fields={[
          { name: 'name', kind: 'own', label: t('course.name'), required: true, control: <TextsInput maxLength={120} /> },
          { name: 'about', kind: 'own', label: t('course.about'), control: <TextsInput rows={3} maxLength={3000} /> },
          {
            name: 'skills',
            kind: 'choice',
            several: true,
            label: t('course.skills'),
            options: skillNames.map((value) => ({ value, label: t(`organization:staff.skill.${value}`) })),
          },
          {
            name: 'articleId',
            kind: 'own',
            label: t('course.article'),
            control: (
              <Select
                allowClear={{ label: ui('clear') }}
                showSearch={{ optionFilterProp: 'label' }}
                options={articles.items.map(({ id, title }) => ({ value: id, label: shown(title) }))}
              />
            ),
          },
          {
            name: 'techniqueId',
            kind: 'choice',
            label: t('course.technique'),
            options: (techniques.data?.items ?? []).map(({ id, name }) => ({ value: id, label: shown(name) })),
          },
          { name: 'link', kind: 'url', label: t('course.link'), maxLength: 500, placeholder: 'https://' },
          { name: 'active', kind: 'yes', label: t('form.active'), help: t('course.activeHelp') },
        ]}
        initial={
          course
            ? { ...course, link: course.link ?? '' }
            : { name: emptyTexts, about: emptyTexts, skills: [], articleId: null, techniqueId: null, link: '', active: true }
        }
        onSubmit={send}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </InLanguages>
  )
}
