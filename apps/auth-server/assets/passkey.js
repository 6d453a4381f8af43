// Shows the passkey button where the browser knows passkeys, and sends on what it gives. The page works without.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (typeof PublicKeyCredential !== 'function') break;
  const [button, wrong] = [form.querySelector('button'), form.querySelector('.wrong')];
  form.hidden = false;
  button.addEventListener('click', async () => {
    wrong.hidden = true;
    button.disabled = true;
    try {
      form.elements.response.value = JSON.stringify(await askForPasskey(form.dataset.passkey));
      form.submit();
    } catch {
      wrong.hidden = false;
      button.disabled = false;
      button.focus();
    }
  });
}

async function askForPasskey(address) {
  const answer = await fetch(address, { method: 'POST', headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`No passkey can be asked for: ${answer.status}`);
  const options = await answer.json();
  const allowCredentials = (options.allowCredentials ?? []).map((each) => ({
    ...each,
    id: toOctets(each.id),
  }));
  const publicKey = { ...options, challenge: toOctets(options.challenge), allowCredentials };
  return describe(await navigator.credentials.get({ publicKey }));
}

// As PublicKeyCredential.toJSON gives it (Web Authentication 3, 5.1), which older browsers do not have.
function describe({ id, rawId, type, response, authenticatorAttachment }) {
  const { authenticatorData, clientDataJSON, signature, userHandle } = response;
  return {
    ...{ id, rawId: toText(rawId), type, authenticatorAttachment },
    clientExtensionResults: {},
    response: {
      authenticatorData: toText(authenticatorData),
      clientDataJSON: toText(clientDataJSON),
      signature: toText(signature),
      ...(userHandle ? { userHandle: toText(userHandle) } : {}),
    },
  };
}

function toOctets(base64url) {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function toText(octets) {
  const characters = Array.from(new Uint8Array(octets), (octet) => String.fromCharCode(octet));
  return btoa(characters.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
