import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, json, message, time, whole } from '../schema.ts'

const parameter = message('ParameterView', {
  name: Type.String(),
  value: json,
  version: whole('How often it was changed.'),
  changedAt: Type.Optional(time('When it got its value, if it was ever changed.')),
  by: Type.Optional(Type.String({ description: 'Who changed it.' })),
  description: Type.String(),
  trouble: Type.Optional(
    Type.String({ description: 'Why its newest value is not in force, where it is not.' }),
  ),
})

const changes = Type.Array(
  message('ParameterChange', {
    path: Type.String({ description: 'The place at which it differs; empty for the whole.' }),
    before: Type.Optional(json),
    after: Type.Optional(json),
  }),
)

const who = Type.Optional(id('Who changes it; the key in use unless told.'))

export const listParameters = operation({
  method: 'GET',
  path: '/v1/parameters',
  scope: 'admin',
  summary: 'All hot parameters with their values.',
  input: input({}),
  answer: message('ParameterList', { parameters: Type.Array(parameter) }),
})

export const setParameter = operation({
  method: 'PUT',
  path: '/v1/parameters/{name}',
  scope: 'admin',
  summary: 'Gives a parameter a new value, in force at once.',
  input: input({ name: id('The name of the parameter.'), value: json, by: who }),
  answer: parameter,
})

export const checkParameter = operation({
  method: 'POST',
  path: '/v1/parameters/{name}:check',
  scope: 'admin',
  summary: 'What a new value would change; nothing is changed.',
  input: input({ name: id('The name of the parameter.'), value: json }),
  answer: message('ParameterCheck', { changes }),
})

export const parameterHistory = operation({
  method: 'GET',
  path: '/v1/parameters/{name}/history',
  scope: 'admin',
  summary: 'The values a parameter had, newest first, and who gave them.',
  input: input({ name: id('The name of the parameter.') }),
  answer: message('ParameterHistory', {
    versions: Type.Array(
      message('ParameterVersion', {
        version: whole('0 for the value it has until told.'),
        value: json,
        at: Type.Optional(time('From when it was in force.')),
        by: Type.Optional(Type.String()),
        changes,
      }),
    ),
  }),
})

export const rollbackParameter = operation({
  method: 'POST',
  path: '/v1/parameters/{name}:rollback',
  scope: 'admin',
  summary: 'Puts an earlier value in force again, as a new version.',
  input: input({
    name: id('The name of the parameter.'),
    version: whole('The version whose value it gets.'),
    by: who,
  }),
  answer: parameter,
})
