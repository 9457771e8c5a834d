import swagger, { type StaticDocumentSpec } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { openApi } from './openapi.ts'

/** The description as a document and as a page, which loads nothing from elsewhere. */
export async function docs(app: FastifyInstance, version: string): Promise<void> {
  const document = openApi(version)
  // The plugin's types know OpenAPI up to 3.0; it hands the document on unread.
  const specification = { document } as unknown as StaticDocumentSpec
  await app.register(swagger, { mode: 'static', specification })
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { validatorUrl: null } })
  const text = JSON.stringify(document)
  app.route({
    method: 'GET',
    url: '/openapi.json',
    exposeHeadRoute: true,
    handler: (_request, reply) => reply.type('application/json; charset=utf-8').send(text),
  })
}
