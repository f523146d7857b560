// A provider of OpenID Connect for the tests: node provider.mjs PORT REDIRECT CLAIM-AS-JSON.
// It asks for no password: whoever comes is the account that the test names.
import { Provider } from "oidc-provider";

const [port, redirect, claims] = [Number(process.argv[2]), process.argv[3], JSON.parse(process.argv[4])];
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "campaign", client_secret: "mot-chuoi-bi-mat-du-dai-cua-may-khach", redirect_uris: [redirect] }],
  claims: { openid: ["sub"], profile: ["preferred_username", "staff_code"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ["a key of the tests"] },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...claims }) }),
});

provider.use(async (context, next) => {
  if (!context.path.startsWith("/interaction/")) return next();
  const { prompt, params, session } = await provider.interactionDetails(context.req, context.res);
  let result = { login: { accountId: "someone" } };
  if (prompt.name === "consent") {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope("openid profile");
    result = { consent: { grantId: await grant.save() } };
  }
  await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: true });
  context.respond = false;
});

provider.listen(port, "127.0.0.1");
