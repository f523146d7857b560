CREATE TABLE public.account (
    name text NOT NULL,
    full_name text NOT NULL,
    passphrase_hash text NOT NULL,
    role text DEFAULT 'office'::text NOT NULL,
    unit text,
    totp_sealed text,
    totp_step bigint DEFAULT 0 NOT NULL,
    added_at bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.api_token (
    name text NOT NULL,
    token_hash bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.audience (
    post_id integer NOT NULL,
    unit_id integer NOT NULL,
    category text NOT NULL
);
CREATE TABLE public.bucket (
    subject bytea NOT NULL,
    full_at bigint NOT NULL
);
CREATE TABLE public.campaign (
    id integer NOT NULL,
    title text NOT NULL,
    sample boolean NOT NULL,
    opened_at bigint NOT NULL
);
CREATE TABLE public.checkpoint (
    size integer NOT NULL,
    note bytea NOT NULL
);
CREATE TABLE public.closing (
    sequence integer NOT NULL,
    post_id integer NOT NULL,
    before text NOT NULL,
    units bytea NOT NULL,
    closed_at bigint NOT NULL
);
CREATE TABLE public.confirmation (
    post_id integer NOT NULL,
    member_id integer NOT NULL,
    revision integer NOT NULL,
    received_at bigint NOT NULL,
    sequence integer NOT NULL,
    method text NOT NULL
);
CREATE TABLE public.day_tally (
    post_id integer NOT NULL,
    unit_id integer NOT NULL,
    day integer NOT NULL,
    confirmed integer NOT NULL
);
CREATE TABLE public.dispatch (
    sequence integer NOT NULL,
    post_id integer NOT NULL,
    channel text NOT NULL,
    sent_on text NOT NULL,
    number text NOT NULL,
    recipients text NOT NULL,
    evidence text NOT NULL,
    actor text NOT NULL,
    recorded_at bigint NOT NULL,
    withdrawn_at bigint
);
CREATE TABLE public.entry (
    sequence integer NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    facts bytea NOT NULL,
    personal_digest bytea,
    leaf_hash bytea NOT NULL
);
CREATE TABLE public.headcount (
    list_id integer NOT NULL,
    unit_id integer NOT NULL,
    category text NOT NULL,
    members integer NOT NULL
);
CREATE TABLE public.listed (
    member_id integer NOT NULL,
    unit_id integer NOT NULL,
    category text NOT NULL,
    sort_key bytea NOT NULL
);
CREATE TABLE public.member (
    id integer NOT NULL,
    staff_code text,
    name text,
    email text,
    folded text,
    sort_key bytea NOT NULL
);
CREATE TABLE public.membership (
    sequence integer NOT NULL,
    member_id integer NOT NULL,
    unit_id integer NOT NULL,
    category text NOT NULL,
    since bigint NOT NULL,
    until bigint
);
CREATE TABLE public.node (
    level smallint NOT NULL,
    "position" integer NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE public.paper (
    sequence integer NOT NULL,
    post_id integer NOT NULL,
    member_id integer NOT NULL,
    revision integer NOT NULL,
    recorded_at bigint NOT NULL,
    method text NOT NULL,
    signed_on text,
    scan text,
    sheet integer,
    actor text NOT NULL,
    witness text,
    reason text,
    withdrawn_at bigint
);
CREATE TABLE public.passkey (
    credential_id bytea NOT NULL,
    account text NOT NULL,
    label text NOT NULL,
    public_key bytea NOT NULL,
    counter bigint NOT NULL,
    added_at bigint NOT NULL
);
CREATE TABLE public.personal (
    sequence integer NOT NULL,
    salt bytea NOT NULL,
    payload bytea NOT NULL
);
CREATE TABLE public.post (
    id integer NOT NULL,
    key text NOT NULL,
    revision integer NOT NULL,
    asks_since integer NOT NULL,
    late_from bigint,
    opened_at bigint NOT NULL,
    fixed_at bigint
);
CREATE TABLE public.reminder (
    sequence integer NOT NULL,
    member_id integer,
    unit_id integer,
    day text NOT NULL,
    means text NOT NULL,
    sent_at bigint NOT NULL
);
CREATE TABLE public.reminder_claim (
    subject text NOT NULL,
    day text NOT NULL,
    claimed_at bigint NOT NULL
);
CREATE TABLE public.revision (
    post_id integer NOT NULL,
    number integer NOT NULL,
    digest text NOT NULL,
    document bytea NOT NULL,
    asks_since integer NOT NULL,
    published_at bigint NOT NULL
);
CREATE TABLE public.roster_change (
    sequence integer NOT NULL,
    changed_at bigint NOT NULL,
    actor text NOT NULL,
    digest text,
    undoes integer,
    entries integer NOT NULL
);
CREATE TABLE public.schema_version (
    version integer NOT NULL
);
CREATE TABLE public.seen_list (
    sequence integer NOT NULL,
    post_id integer NOT NULL,
    members text NOT NULL,
    missed integer NOT NULL,
    digest text NOT NULL,
    actor text NOT NULL,
    recorded_at bigint NOT NULL
);
CREATE TABLE public.session (
    token_hash bytea NOT NULL,
    member_id integer,
    account text,
    identified_by text NOT NULL,
    started_at bigint NOT NULL,
    used_at bigint NOT NULL,
    proved_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE public.sheet (
    sequence integer NOT NULL,
    post_id integer NOT NULL,
    revision integer NOT NULL,
    unit text NOT NULL,
    printed_at bigint NOT NULL,
    actor text NOT NULL,
    members text NOT NULL
);
CREATE TABLE public.slip (
    member_id integer NOT NULL,
    token_hash bytea NOT NULL,
    code_hash text NOT NULL,
    issued_at bigint NOT NULL
);
CREATE TABLE public.special_case (
    sequence integer NOT NULL,
    kind text NOT NULL,
    post_id integer,
    member_id integer NOT NULL,
    since bigint NOT NULL,
    until bigint,
    before text,
    late_from bigint,
    reason text,
    actor text NOT NULL
);
CREATE TABLE public.ticket (
    token_hash bytea NOT NULL,
    purpose text NOT NULL,
    member_id integer,
    expires_at bigint NOT NULL
);
CREATE TABLE public.tree_head (
    id integer NOT NULL,
    size integer NOT NULL,
    frontier bytea NOT NULL
);
CREATE TABLE public.unit (
    id integer NOT NULL,
    name text NOT NULL,
    first_name text NOT NULL,
    valid_from text
);
CREATE TABLE public.unit_change (
    sequence integer NOT NULL,
    unit_id integer NOT NULL,
    first_day text NOT NULL,
    name text,
    successor_id integer,
    basis text NOT NULL,
    actor text NOT NULL,
    recorded_at bigint NOT NULL,
    withdrawn_at bigint
);
CREATE TABLE public.unit_tally (
    post_id integer NOT NULL,
    unit_id integer NOT NULL,
    on_time integer NOT NULL,
    late integer NOT NULL
);
CREATE TABLE public.waiting_file (
    account text NOT NULL,
    name text NOT NULL,
    content bytea NOT NULL,
    kept_at bigint NOT NULL
);
INSERT INTO public.account VALUES ('chi', 'Vũ Thị Chi', '$argon2id$v=19$m=19456,t=2,p=1$DTRbxO1xYMgUsus5m/sVNQ$YHTPCNhKvb//8w7kCieBcGvp1Qv15ZUj5AnF/j3sk6M', 'office', NULL, NULL, 0, 0);
INSERT INTO public.audience VALUES (1, 1, 'civil_servant');
INSERT INTO public.audience VALUES (1, 1, 'public_employee');
INSERT INTO public.audience VALUES (1, 1, 'worker');
INSERT INTO public.campaign VALUES (1, 'Phổ biến Thông báo 485', false, 1759280400000000);
INSERT INTO public.checkpoint VALUES (5, '\x6578616d706c652e766e2f736f2d6768692d6e68616e0a350a5873737436756e66522f3333444962726f664a67624258655453437a3442646c4f55707a504e494a5977413d0a0ae28094206578616d706c652e766e2f736f2d6768692d6e68616e20633372502b644142734d5633447861594259762b71484e6e4a4d6c755335583936376e734747483034316854527045536257622f4857376c5a7a795565786f67357a7263637371574a657a7054532f4632576656453767676767733d0a');
INSERT INTO public.checkpoint VALUES (11, '\x6578616d706c652e766e2f736f2d6768692d6e68616e0a31310a43715a51472f38306366495237754d4b546639444e6348714459724179535156757a386e6d63494669684d3d0a0ae28094206578616d706c652e766e2f736f2d6768692d6e68616e20633372502b5a2b4d7164716c47765266334c394e4c766c786646386d62517a334b66454d506230747135466d4d47357364335374696d42322f38486e317637587a73644b5145364e6559786d5364707a305437737561424733514d3d0a');
INSERT INTO public.confirmation VALUES (1, 1, 1, 1762275599000000, 7, 'web');
INSERT INTO public.confirmation VALUES (1, 2, 1, 1762275600000000, 8, 'web');
INSERT INTO public.day_tally VALUES (1, 1, 20396, 1);
INSERT INTO public.day_tally VALUES (1, 1, 20397, 1);
INSERT INTO public.entry VALUES (1, 1759280400000000, 'campaign_opened', '\x7b2273616d706c65223a66616c73652c227469746c65223a225068e1bb95206269e1babf6e205468c3b46e672062c3a16f20343835227d', NULL, '\x575df4a96cc3f35db55715aab389358d3131a460c2a67c39344f71f66bff970f');
INSERT INTO public.entry VALUES (2, 1759280400000000, 'unit_added', '\x7b226e616d65223a2256c4836e207068c3b26e67222c22756e6974223a317d', NULL, '\xff2c79143ad669255d26894add26207b5887016996e7fa633407961dcdbec2bb');
INSERT INTO public.entry VALUES (3, 1759280400000000, 'member_joined', '\x7b2263617465676f7279223a22636976696c5f73657276616e74222c226d656d626572223a312c22756e6974223a317d', '\x02c323c6ae3d704fe0bbc068d749cd07ca161dbe8a267692ce8e825d7959cd87', '\x0b512e38f78116c74fb05069dffec8527eae69ac84a72e7bf75b0981108c462e');
INSERT INTO public.entry VALUES (4, 1759280400000000, 'member_joined', '\x7b2263617465676f7279223a22636976696c5f73657276616e74222c226d656d626572223a322c22756e6974223a317d', '\x359c6bbd41317d43b80132d9e92f0f83203d9a3273e770151a9564c1ccc47604', '\x805b1d901ee7e1516d307b89c93d3dd037005673e86b8dcab9b6e4fa2b0e6c4c');
INSERT INTO public.entry VALUES (5, 1759280400000000, 'member_joined', '\x7b2263617465676f7279223a22636976696c5f73657276616e74222c226d656d626572223a332c22756e6974223a317d', '\x3b3ac27c836c4f5e638793611ec2665ed01c592896a985be6b36b1d22809359a', '\x82ba2d932a700bff2e15012bfbd4c032943686777ccbde81c2c498ab720dc339');
INSERT INTO public.entry VALUES (6, 1759280400000000, 'revision_published', '\x7b22646967657374223a2231346233326231616338306339613837623461353937303463626330386436663738333664663136663538323163393530633161396330343362633734333834222c22646f63756d656e74223a7b2261756469656e6365223a7b2263617465676f72696573223a5b5d2c22756e697473223a5b5d7d2c22636f6f7065726174696e675f756e697473223a5b225472756e672074c3a26d20c490e1bb9569206de1bb9b692053c3a16e672074e1baa16f225d2c22646561646c696e65223a7b226265666f7265223a22323032352d31312d3035222c226e616d6564223a227472c6b0e1bb9b63206e67c3a0792030352f31312f32303235227d2c226964223a2274686f6e672d62616f2d343835222c226c6561645f756e6974223a2256c4836e207068c3b26e67222c227075626c6973685f6174223a22323032352d31302d30315430313a30303a30302b30303a3030222c227265766973696f6e223a7b226368616e6765223a226669727374222c226e6f7465223a22222c226e756d626572223a317d2c2273656e74656e6365223a2254c3b46920c491c3a320c491e1bb8d632076c3a0206869e1bb8375206ee1bb99692064756e672e222c22736f757263655f646f63756d656e74223a7b226973737565645f6f6e223a22323032352d30392d3135222c22697373756572223a2256c4836e207068c3b26e67204368c3ad6e68207068e1bba7222c226e756d626572223a223438352f54422d56504350222c227375626a656374223a224be1babf74206c75e1baad6e2076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179227d2c2273756d6d617279223a224e68e1bbaf6e67207669e1bb8763206de1bb9769206e67c6b0e1bb9d692063e1baa76e206cc3a06d2e222c2274657874223a224ee1bb99692064756e67207468c3b46e672062c3a16f2e5c6e5c6e2d204b69e1bb836d2074726120e1bb9520c49169e1bb876e207472c6b0e1bb9b63206b68692076e1bb812e5c6e222c227469746c65223a225468c3b46e672062c3a16f203438352f54422d565043502076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179222c227665726966696564223a66616c73657d2c22706f7374223a2274686f6e672d62616f2d343835222c227265766973696f6e223a317d', NULL, '\x5ee7123337efed0717122ac1d01b566025341f7f1d0607c241f6f9b979c0d606');
INSERT INTO public.entry VALUES (7, 1762275599000000, 'confirmation', '\x7b22646967657374223a2231346233326231616338306339613837623461353937303463626330386436663738333664663136663538323163393530633161396330343362633734333834222c226964656e7469666965645f6279223a22736c6970222c226d656d626572223a312c226d6574686f64223a22776562222c22706f7374223a2274686f6e672d62616f2d343835222c227265766973696f6e223a312c2273656e74656e6365223a2254c3b46920c491c3a320c491e1bb8d632076c3a0206869e1bb8375206ee1bb99692064756e672e227d', '\xc06e4c4e1329ca34bfa24cff6c505588aa0e37148fa21aad980fb247c96bb149', '\x51629be295a940ee3c683905dc13f6826f93e42747ed4ce3e2ae071772e74989');
INSERT INTO public.entry VALUES (8, 1762275600000000, 'confirmation', '\x7b22646967657374223a2231346233326231616338306339613837623461353937303463626330386436663738333664663136663538323163393530633161396330343362633734333834222c226964656e7469666965645f6279223a22736c6970222c226d656d626572223a322c226d6574686f64223a22776562222c22706f7374223a2274686f6e672d62616f2d343835222c227265766973696f6e223a312c2273656e74656e6365223a2254c3b46920c491c3a320c491e1bb8d632076c3a0206869e1bb8375206ee1bb99692064756e672e227d', '\x44403d1555652557942a71fd7d9dcacaab403071960976c2c98719cad4b5fd40', '\xe3805765342d4b8648ab0893ba9c69479e330dca323605bb420ed6d7e7ba4f76');
INSERT INTO public.entry VALUES (9, 1759280400000000, 'exemption', '\x7b226d656d626572223a332c22706f7374223a2274686f6e672d62616f2d343835227d', '\xeae96b9da6a0d2dabcdf8677d90f3a6ce27244fa95d8feb539cb1ca8bd0f2a35', '\xe4106ed4410de1b3cc41d0ba7d3b02fb4373f23b88ae1eb7f5adfbfd8158407d');
INSERT INTO public.entry VALUES (10, 1759280400000000, 'revision_published', '\x7b22646967657374223a2237366137346466386635343336373861383133636239383464636436373161646462383361353733633130663063336532333436386437336564366137333364222c22646f63756d656e74223a7b2261756469656e6365223a7b2263617465676f72696573223a5b5d2c22756e697473223a5b5d7d2c22636f6f7065726174696e675f756e697473223a5b225472756e672074c3a26d20c490e1bb9569206de1bb9b692053c3a16e672074e1baa16f225d2c22646561646c696e65223a7b226265666f7265223a22323032352d31312d3035222c226e616d6564223a227472c6b0e1bb9b63206e67c3a0792030352f31312f32303235227d2c226964223a2274686f6e672d62616f2d343835222c226c6561645f756e6974223a2256c4836e207068c3b26e67222c227075626c6973685f6174223a22323032352d31302d30315430313a30303a30302b30303a3030222c227265766973696f6e223a7b226368616e6765223a22636f7272656374696f6e222c226e6f7465223a2253e1bbad61206ce1bb9769206368c3ad6e682074e1baa32e222c226e756d626572223a327d2c2273656e74656e6365223a2254c3b46920c491c3a320c491e1bb8d632076c3a0206869e1bb8375206ee1bb99692064756e672e222c22736f757263655f646f63756d656e74223a7b226973737565645f6f6e223a22323032352d30392d3135222c22697373756572223a2256c4836e207068c3b26e67204368c3ad6e68207068e1bba7222c226e756d626572223a223438352f54422d56504350222c227375626a656374223a224be1babf74206c75e1baad6e2076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179227d2c2273756d6d617279223a224e68e1bbaf6e67207669e1bb8763206de1bb9769206e67c6b0e1bb9d692063e1baa76e206cc3a06d2e222c2274657874223a224ee1bb99692064756e67207468c3b46e672062c3a16f2c2062e1baa36e20322e5c6e222c227469746c65223a225468c3b46e672062c3a16f203438352f54422d565043502076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179222c227665726966696564223a66616c73657d2c22706f7374223a2274686f6e672d62616f2d343835222c227265766973696f6e223a327d', NULL, '\x4dc87f66df7c76a201f2c92a3b8334b4a936a3345e630ac3e841ed1099a18e3d');
INSERT INTO public.entry VALUES (11, 1759280400000000, 'slips_issued', '\x7b226163746f72223a22636869222c226d656d62657273223a5b315d7d', NULL, '\xa8ed558a06797cf849d3e9b4add0afc77a8156e88c2b4cee80f23783c9c1aff4');
INSERT INTO public.headcount VALUES (0, 1, 'civil_servant', 3);
INSERT INTO public.listed VALUES (1, 1, 'civil_servant', '\x011200010100120b1b20091200010101010401001d02120001010100');
INSERT INTO public.listed VALUES (2, 1, 'civil_servant', '\x040d120c0001020101001013000102001a0c0d0001010600');
INSERT INTO public.listed VALUES (3, 1, 'civil_servant', '\x0c130100010102000702120b0001060101001a0c0d0001010600');
INSERT INTO public.member VALUES (1, 'SKHCN-001', 'Nguyễn Văn An', NULL, 'nguyen van an skhcn-001', '\x011200010100120b1b20091200010101010401001d02120001010100');
INSERT INTO public.member VALUES (2, 'SKHCN-002', 'Lò Thị Bình', NULL, 'lo thi binh skhcn-002', '\x040d120c0001020101001013000102001a0c0d0001010600');
INSERT INTO public.member VALUES (3, 'SKHCN-003', 'Đặng Thị Hoà', NULL, 'dang thi hoa skhcn-003', '\x0c130100010102000702120b0001060101001a0c0d0001010600');
INSERT INTO public.membership VALUES (3, 1, 1, 'civil_servant', 1759280400000000, NULL);
INSERT INTO public.membership VALUES (4, 2, 1, 'civil_servant', 1759280400000000, NULL);
INSERT INTO public.membership VALUES (5, 3, 1, 'civil_servant', 1759280400000000, NULL);
INSERT INTO public.node VALUES (1, 0, '\xf2690d6ee6211db25568936adab210f6356e620f8cf7262cdbae6a9bfc88c8a9');
INSERT INTO public.node VALUES (1, 1, '\x675fa988c5c2302e1798eccb2ab293983ca5f806fdb580510fcf4aae027be751');
INSERT INTO public.node VALUES (2, 0, '\xc185cfc310b44e22b3587eabfb193b44b311b78b703b0835f6edca614da30927');
INSERT INTO public.node VALUES (1, 2, '\xa5982ddaf11d910d2a7ec8b4acfcc955321052e121f5a8aea2490fb5ad243a3b');
INSERT INTO public.node VALUES (1, 3, '\xa88a94a528676959efa2b0a4e2f2d90cd4466a26165a3daccc4f2eea3e377c43');
INSERT INTO public.node VALUES (2, 1, '\xc857c8d8bdb7aa26f5d9717f44eba95d5e38d9e8e5cff4fa3fb54b21834d61ca');
INSERT INTO public.node VALUES (3, 0, '\xa0ed3ad486978b368be1e923ef71a77fb6719c82fb9405aa241c7bd0005b1cac');
INSERT INTO public.node VALUES (1, 4, '\x720913d1cdf38509f1b71bd31c134d9fbfb006433da2c38438e6fe13f34a1fa1');
INSERT INTO public.personal VALUES (3, '\xb0cd632c4cc5d592c9f62013950652d8630838aaf1db8c8708c0d28e59d58ed2', '\x7b22656d61696c223a6e756c6c2c226e616d65223a224e677579e1bb856e2056c4836e20416e222c2273746166665f636f6465223a22534b48434e2d303031227d');
INSERT INTO public.personal VALUES (4, '\x909d3c135bd00d32e7777098ee170d2d088fa209ff8b4edce8c694ca234559f2', '\x7b22656d61696c223a6e756c6c2c226e616d65223a224cc3b2205468e1bb8b2042c3ac6e68222c2273746166665f636f6465223a22534b48434e2d303032227d');
INSERT INTO public.personal VALUES (5, '\x235ae5452cc56cecb1881c00e9b93d4389bcbb5372fb7938bd58ddc6d94a9d6f', '\x7b22656d61696c223a6e756c6c2c226e616d65223a22c490e1bab76e67205468e1bb8b20486fc3a0222c2273746166665f636f6465223a22534b48434e2d303033227d');
INSERT INTO public.personal VALUES (7, '\xd3326e850ca786da54ec2e0d578917e5dd2e51134d5147447385528cc4be2fb9', '\x7b226e616d65223a224e677579e1bb856e2056c4836e20416e222c2273746166665f636f6465223a22534b48434e2d303031222c22756e6974223a2256c4836e207068c3b26e67227d');
INSERT INTO public.personal VALUES (8, '\xe5712d0bd4e870db22c6fc80b0613ee89f7267c94d372eba4a2e58c70b3e2fcc', '\x7b226e616d65223a224cc3b2205468e1bb8b2042c3ac6e68222c2273746166665f636f6465223a22534b48434e2d303032222c22756e6974223a2256c4836e207068c3b26e67227d');
INSERT INTO public.personal VALUES (9, '\xd0c0ca6215d6ad8909c39633ecac7a94053d896c7c95429c14d46b0cc527d223', '\x7b22726561736f6e223a224e6768e1bb8920746861692073e1baa36e222c2273746166665f636f6465223a22534b48434e2d303033227d');
INSERT INTO public.post VALUES (1, 'thong-bao-485', 2, 1, 1762275600000000, 1759280400000000, NULL);
INSERT INTO public.revision VALUES (1, 1, '14b32b1ac80c9a87b4a59704cbc08d6f7836df16f5821c950c1a9c043bc74384', '\x7b2261756469656e6365223a7b2263617465676f72696573223a5b5d2c22756e697473223a5b5d7d2c22636f6f7065726174696e675f756e697473223a5b225472756e672074c3a26d20c490e1bb9569206de1bb9b692053c3a16e672074e1baa16f225d2c22646561646c696e65223a7b226265666f7265223a22323032352d31312d3035222c226e616d6564223a227472c6b0e1bb9b63206e67c3a0792030352f31312f32303235227d2c226964223a2274686f6e672d62616f2d343835222c226c6561645f756e6974223a2256c4836e207068c3b26e67222c227075626c6973685f6174223a22323032352d31302d30315430313a30303a30302b30303a3030222c227265766973696f6e223a7b226368616e6765223a226669727374222c226e6f7465223a22222c226e756d626572223a317d2c2273656e74656e6365223a2254c3b46920c491c3a320c491e1bb8d632076c3a0206869e1bb8375206ee1bb99692064756e672e222c22736f757263655f646f63756d656e74223a7b226973737565645f6f6e223a22323032352d30392d3135222c22697373756572223a2256c4836e207068c3b26e67204368c3ad6e68207068e1bba7222c226e756d626572223a223438352f54422d56504350222c227375626a656374223a224be1babf74206c75e1baad6e2076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179227d2c2273756d6d617279223a224e68e1bbaf6e67207669e1bb8763206de1bb9769206e67c6b0e1bb9d692063e1baa76e206cc3a06d2e222c2274657874223a224ee1bb99692064756e67207468c3b46e672062c3a16f2e5c6e5c6e2d204b69e1bb836d2074726120e1bb9520c49169e1bb876e207472c6b0e1bb9b63206b68692076e1bb812e5c6e222c227469746c65223a225468c3b46e672062c3a16f203438352f54422d565043502076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179222c227665726966696564223a66616c73657d', 1, 1759280400000000);
INSERT INTO public.revision VALUES (1, 2, '76a74df8f543678a813cb984dcd671addb83a573c10f0c3e23468d73ed6a733d', '\x7b2261756469656e6365223a7b2263617465676f72696573223a5b5d2c22756e697473223a5b5d7d2c22636f6f7065726174696e675f756e697473223a5b225472756e672074c3a26d20c490e1bb9569206de1bb9b692053c3a16e672074e1baa16f225d2c22646561646c696e65223a7b226265666f7265223a22323032352d31312d3035222c226e616d6564223a227472c6b0e1bb9b63206e67c3a0792030352f31312f32303235227d2c226964223a2274686f6e672d62616f2d343835222c226c6561645f756e6974223a2256c4836e207068c3b26e67222c227075626c6973685f6174223a22323032352d31302d30315430313a30303a30302b30303a3030222c227265766973696f6e223a7b226368616e6765223a22636f7272656374696f6e222c226e6f7465223a2253e1bbad61206ce1bb9769206368c3ad6e682074e1baa32e222c226e756d626572223a327d2c2273656e74656e6365223a2254c3b46920c491c3a320c491e1bb8d632076c3a0206869e1bb8375206ee1bb99692064756e672e222c22736f757263655f646f63756d656e74223a7b226973737565645f6f6e223a22323032352d30392d3135222c22697373756572223a2256c4836e207068c3b26e67204368c3ad6e68207068e1bba7222c226e756d626572223a223438352f54422d56504350222c227375626a656374223a224be1babf74206c75e1baad6e2076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179227d2c2273756d6d617279223a224e68e1bbaf6e67207669e1bb8763206de1bb9769206e67c6b0e1bb9d692063e1baa76e206cc3a06d2e222c2274657874223a224ee1bb99692064756e67207468c3b46e672062c3a16f2c2062e1baa36e20322e5c6e222c227469746c65223a225468c3b46e672062c3a16f203438352f54422d565043502076e1bb81207068c3b26e67206368c3a1792c206368e1bbaf61206368c3a179222c227665726966696564223a66616c73657d', 1, 1759280400000000);
INSERT INTO public.schema_version VALUES (3);
INSERT INTO public.slip VALUES (1, '\x8e6daed2d0642c1c9b6f15b4354be9994b2997abf5371db5fa02e05508ffc91e', '$argon2id$v=19$m=19456,t=2,p=1$OwmfSnI481NAWLmrMS3oQA$FuSf4AeqUbsRFJVbX+WdJL02U6po6wJukmuRaHlHqJc', 1759280400000000);
INSERT INTO public.special_case VALUES (9, 'exemption', 1, 3, 1759280400000000, NULL, NULL, NULL, 'Nghỉ thai sản', '');
INSERT INTO public.tree_head VALUES (1, 11, '\xa0ed3ad486978b368be1e923ef71a77fb6719c82fb9405aa241c7bd0005b1cac720913d1cdf38509f1b71bd31c134d9fbfb006433da2c38438e6fe13f34a1fa1a8ed558a06797cf849d3e9b4add0afc77a8156e88c2b4cee80f23783c9c1aff4');
INSERT INTO public.unit VALUES (1, 'Văn phòng', 'Văn phòng', NULL);
INSERT INTO public.unit_tally VALUES (1, 1, 1, 1);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.audience
    ADD CONSTRAINT audience_pkey PRIMARY KEY (post_id, unit_id, category);
ALTER TABLE ONLY public.bucket
    ADD CONSTRAINT bucket_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.campaign
    ADD CONSTRAINT campaign_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (size);
ALTER TABLE ONLY public.closing
    ADD CONSTRAINT closing_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.confirmation
    ADD CONSTRAINT confirmation_pkey PRIMARY KEY (post_id, member_id, revision);
ALTER TABLE ONLY public.confirmation
    ADD CONSTRAINT confirmation_sequence_key UNIQUE (sequence);
ALTER TABLE ONLY public.day_tally
    ADD CONSTRAINT day_tally_pkey PRIMARY KEY (post_id, unit_id, day);
ALTER TABLE ONLY public.dispatch
    ADD CONSTRAINT dispatch_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.headcount
    ADD CONSTRAINT headcount_pkey PRIMARY KEY (list_id, unit_id, category);
ALTER TABLE ONLY public.listed
    ADD CONSTRAINT listed_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_staff_code_key UNIQUE (staff_code);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.node
    ADD CONSTRAINT node_pkey PRIMARY KEY (level, "position");
ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_pkey PRIMARY KEY (credential_id);
ALTER TABLE ONLY public.personal
    ADD CONSTRAINT personal_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_key_key UNIQUE (key);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reminder_claim
    ADD CONSTRAINT reminder_claim_pkey PRIMARY KEY (subject, day);
ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.revision
    ADD CONSTRAINT revision_pkey PRIMARY KEY (post_id, number);
ALTER TABLE ONLY public.roster_change
    ADD CONSTRAINT roster_change_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.seen_list
    ADD CONSTRAINT seen_list_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.sheet
    ADD CONSTRAINT sheet_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.slip
    ADD CONSTRAINT slip_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.slip
    ADD CONSTRAINT slip_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.special_case
    ADD CONSTRAINT special_case_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.tree_head
    ADD CONSTRAINT tree_head_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.unit_change
    ADD CONSTRAINT unit_change_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_name_key UNIQUE (name);
ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.unit_tally
    ADD CONSTRAINT unit_tally_pkey PRIMARY KEY (post_id, unit_id);
ALTER TABLE ONLY public.waiting_file
    ADD CONSTRAINT waiting_file_pkey PRIMARY KEY (account);
CREATE INDEX ix_closing_post_id ON public.closing USING btree (post_id);
CREATE INDEX ix_dispatch_post_id ON public.dispatch USING btree (post_id);
CREATE INDEX ix_membership_member_id ON public.membership USING btree (member_id);
CREATE INDEX ix_paper_member_id ON public.paper USING btree (member_id);
CREATE INDEX ix_paper_post_id ON public.paper USING btree (post_id);
CREATE INDEX ix_passkey_account ON public.passkey USING btree (account);
CREATE INDEX ix_reminder_member_id ON public.reminder USING btree (member_id);
CREATE INDEX ix_reminder_unit_id ON public.reminder USING btree (unit_id);
CREATE INDEX ix_seen_list_post_id ON public.seen_list USING btree (post_id);
CREATE INDEX ix_session_account ON public.session USING btree (account);
CREATE INDEX ix_session_member_id ON public.session USING btree (member_id);
CREATE INDEX ix_sheet_post_id ON public.sheet USING btree (post_id);
CREATE INDEX ix_special_case_member_id ON public.special_case USING btree (member_id);
CREATE INDEX ix_special_case_post_id ON public.special_case USING btree (post_id);
CREATE INDEX ix_ticket_member_id ON public.ticket USING btree (member_id);
CREATE INDEX listed_by_name ON public.listed USING btree (sort_key, member_id);
CREATE INDEX listed_by_unit ON public.listed USING btree (unit_id, sort_key, member_id);
CREATE INDEX member_by_name ON public.member USING btree (sort_key, id);
ALTER TABLE ONLY public.audience
    ADD CONSTRAINT audience_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.audience
    ADD CONSTRAINT audience_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.closing
    ADD CONSTRAINT closing_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.confirmation
    ADD CONSTRAINT confirmation_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.confirmation
    ADD CONSTRAINT confirmation_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.day_tally
    ADD CONSTRAINT day_tally_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.day_tally
    ADD CONSTRAINT day_tally_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.dispatch
    ADD CONSTRAINT dispatch_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.headcount
    ADD CONSTRAINT headcount_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.listed
    ADD CONSTRAINT listed_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.listed
    ADD CONSTRAINT listed_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.paper
    ADD CONSTRAINT paper_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.personal
    ADD CONSTRAINT personal_sequence_fkey FOREIGN KEY (sequence) REFERENCES public.entry(sequence);
ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.revision
    ADD CONSTRAINT revision_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.seen_list
    ADD CONSTRAINT seen_list_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.sheet
    ADD CONSTRAINT sheet_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.special_case
    ADD CONSTRAINT special_case_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.member(id);
ALTER TABLE ONLY public.special_case
    ADD CONSTRAINT special_case_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.unit_change
    ADD CONSTRAINT unit_change_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.unit_change
    ADD CONSTRAINT unit_change_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
ALTER TABLE ONLY public.unit_tally
    ADD CONSTRAINT unit_tally_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id);
ALTER TABLE ONLY public.unit_tally
    ADD CONSTRAINT unit_tally_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.unit(id);
