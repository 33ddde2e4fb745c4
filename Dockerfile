# One image: Node, the program, its packages. No npm, no compiler, no shell script at the start; runs as an account that owns
# only its folders, on a root that may be read-only (compose.yaml).

FROM node:24-alpine AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY deploy/prune-modules.sh deploy/
RUN npm ci --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund && sh deploy/prune-modules.sh node_modules

FROM alpine:3.22
RUN apk add --no-cache libstdc++ tzdata \
  && adduser -D -H -u 10001 griot \
  && install -d -o griot -g griot -m 0700 /data /keys /ledger /backups
COPY --from=modules /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
COPY package.json LICENSE .env.example ./
COPY src src
COPY dialogs dialogs
COPY locales locales
USER griot
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 \
  DATA_DIR=/data MASTER_KEY_FILE=/keys/master.key \
  LEDGER_FILE=/ledger/erasures.log AUDIT_ANCHOR_FILE=/ledger/audit-head
VOLUME ["/data", "/keys", "/ledger", "/backups"]
EXPOSE 3978
HEALTHCHECK --interval=60s --timeout=10s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3978/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# A command instead of the server: docker compose run --rm griot src/cli/griot.ts doctor
ENTRYPOINT ["node", "--max-semi-space-size=8", "--disable-warning=ExperimentalWarning"]
CMD ["src/main.ts"]
